import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fontFaces } from './font-faces.js'
import { loadPackage } from './packages.js'

interface TypstPackage {
  readonly NodeCompiler: { create(options: object): TypstCompiler }
}

interface TypstCompiler {
  mapShadow(path: string, content: Buffer): void
  compile(options: { mainFileContent: string }): {
    readonly result: object | null
    hasError(): boolean
    takeDiagnostics(): { readonly shortDiagnostics: readonly object[] } | null
  }
  pdf(document: object, options: object): Uint8Array
  evictCache(maxAge: number): void
}

let compiler: TypstCompiler | undefined

/** Sets a drawing on a PDF page of exactly its size; text stays text in subset fonts, and repeats are byte-identical. */
export function toPdf(
  svg: string,
  page: {
    widthMm: number
    heightMm: number
    title: string
    alt: string
    about?: Readonly<Record<string, unknown>> | undefined
  },
): Uint8Array {
  const workspace = process.cwd()
  compiler ??= loadPackage<TypstPackage>('@myriaddreamin/typst-ts-node-compiler').NodeCompiler.create({
    workspace,
    fontArgs: [{ fontBlobs: fontFaces().map((face) => readFileSync(face.file)) }],
  })
  compiler.mapShadow(join(workspace, 'figure.svg'), Buffer.from(svg)) // a file in memory only
  const author = typeof page.about?.author === 'string' ? `author: ${quoted(page.about.author)}, ` : ''
  const keywords = page.about ? `${quoted(JSON.stringify(page.about))},` : ''
  const compiled = compiler.compile({
    mainFileContent: [
      `#set document(title: ${quoted(page.title)}, description: ${quoted(page.alt)}, ${author}keywords: (${keywords}), date: none)`,
      `#set page(width: ${page.widthMm}mm, height: ${page.heightMm}mm, margin: 0pt)`,
      `#image("figure.svg", width: 100%, height: 100%, fit: "stretch", alt: ${quoted(page.alt)})`,
    ].join('\n'),
  })
  if (compiled.hasError() || !compiled.result) {
    throw new Error(
      `The figure's PDF failed: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics)}`,
    )
  }
  // PDF 1.5 is what pdfTeX includes without a warning.
  const pdf = compiler.pdf(compiled.result, { pdfStandard: '1.5', pdfTags: true, creationTimestamp: 0 })
  compiler.evictCache(0)
  return pdf
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replace(/\s+/g, ' ')}"`
