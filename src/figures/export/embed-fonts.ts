import { readFile } from 'node:fs/promises'
import type { FontFace } from './font-faces.js'
import { loadPackage } from './packages.js'

type SubsetFont = (
  font: Buffer,
  text: string,
  options: { targetFormat: 'woff2'; noHinting: boolean },
) => Promise<Uint8Array>

/**
 * A style sheet holding the used characters of each face, so that the drawing looks the same where the fonts are not installed.
 *
 * The text stays text (searchable, editable, read aloud), which outlines would give up; browsers, notebooks and GitHub show embedded
 * faces. Vector editors that ignore them need Computer Modern installed, or take the PDF.
 */
export async function fontStyleSheet(used: ReadonlyMap<FontFace, ReadonlySet<string>>): Promise<string> {
  const subsetFont = loadPackage<SubsetFont>('subset-font')
  const rules: string[] = []
  for (const [face, characters] of used) {
    const text = [...characters].sort().join('')
    const subset = await subsetFont(await readFile(face.file), text, {
      targetFormat: 'woff2',
      noHinting: false,
    })
    const source = `url(data:font/woff2;base64,${Buffer.from(subset).toString('base64')}) format("woff2")`
    const [weight, style] = [face.bold ? 'bold' : 'normal', face.italic ? 'italic' : 'normal']
    rules.push(
      `@font-face{font-family:"${face.family}";font-weight:${weight};font-style:${style};src:${source}}`,
    )
  }
  return rules.sort().join('\n')
}
