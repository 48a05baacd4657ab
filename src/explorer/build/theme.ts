import { readFileSync } from 'node:fs'
import { loadPackage, packageFile } from '../../figures/export/packages.js'
import { darkInks, type Inks, lightInks } from '../../figures/kit/inks.js'
import { DIVERGING, DIVERGING_ON_DARK, SEQUENTIAL, SEQUENTIAL_ON_DARK } from '../../figures/kit/palette.js'
import { addAsset, type Files } from './files.js'

type SubsetFont = (font: Buffer, text: string, options: { targetFormat: 'woff2' }) => Promise<Uint8Array>

const FACES = [
  { file: 'cmu-serif-500-roman', weight: 400, style: 'normal' },
  { file: 'cmu-serif-500-italic', weight: 400, style: 'italic' },
  { file: 'cmu-serif-700-roman', weight: 700, style: 'normal' },
] as const

/** What prose is written with: printable ASCII, accents of European languages, and the signs of formulas. */
const LETTERS = [
  ...Array.from({ length: 0x7f - 0x20 }, (_, i) => 0x20 + i),
  ...Array.from({ length: 0x180 - 0xa0 }, (_, i) => 0xa0 + i),
]
const SIGNS = '‘’“”‚„–—…·×÷±−→←↑↓≤≥≠≈∑√∂∞αβγεσ²³⁺½ʼ '

/** The project's palette as custom properties, and the fonts of its figures, as a style sheet; the fonts join the files. */
export async function themeCss(files: Files): Promise<string> {
  const text = String.fromCodePoint(...LETTERS) + SIGNS
  const subsetFont = loadPackage<SubsetFont>('subset-font')
  const faces: string[] = []
  for (const { file, weight, style } of FACES) {
    const whole = readFileSync(packageFile(`computer-modern/fonts/${file}.woff2`))
    const font = await subsetFont(whole, text, { targetFormat: 'woff2' })
    // The style sheet lies beside them.
    const address = addAsset(files, `${file}.woff2`, font).file.replace('assets/', './')
    faces.push(
      `@font-face{font-family:"CMU Serif";font-weight:${weight};font-style:${style};font-display:swap;src:url("${address}") format("woff2")}`,
    )
  }
  const light = `:root{${propertiesOf(lightInks)}}`
  return `${faces.join('\n')}\n${light}\n:root[data-theme="dark"]{${propertiesOf(darkInks)}}`
}

const propertiesOf = (inks: Inks): string =>
  Object.entries(inks)
    .map(([name, color]) => `--palette-${name}:${color};`)
    .join('')

/** The colours of relevance, which the page paints with. */
export const scales = {
  light: { sequential: SEQUENTIAL, diverging: DIVERGING },
  dark: { sequential: SEQUENTIAL_ON_DARK, diverging: DIVERGING_ON_DARK },
}
