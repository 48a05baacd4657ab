import { resolve } from 'node:path'
import { type Content, writeTogether } from '../../files/write-together.js'
import type { Figure } from '../kit/figure.js'
import { type FigureFormat, type RenderOptions, renderFormats } from './render-figure.js'

export interface ExportOptions extends RenderOptions {
  /** What to write. Default: all three. */
  readonly formats?: readonly FigureFormat[]
  /** Called when the figure is drawn, before a file is written. */
  beforeWriting?(): void
  /** Further files that change with the figure's, all or none. */
  readonly beside?: readonly Content[]
}

export interface ExportedFile {
  readonly format: FigureFormat
  /** Absolute path. */
  readonly path: string
  readonly bytes: number
}

const FORMATS: readonly FigureFormat[] = ['pdf', 'svg', 'png']

/**
 * Writes a figure as `basePath.pdf`, `.svg` and `.png`, all of them whole or none; missing folders are made.
 *
 * @throws what {@link renderFormats} throws, before anything is written; if a format is unknown or the path ends in a format's extension;
 *   naming the file and its folder where one cannot be written, and then none is changed
 * @example
 * const files = await exportFigure(figure, 'figures/heatmap', { widthMm: 84, formats: ['pdf', 'png'] })
 */
export async function exportFigure(
  figure: Figure,
  basePath: string,
  options: ExportOptions,
): Promise<ExportedFile[]> {
  const formats = options.formats ?? FORMATS
  const unknown = formats.find((format) => !FORMATS.includes(format))
  if (unknown) throw new Error(`"${unknown}" is not a figure format; there are ${FORMATS.join(', ')}`)
  if (/\.(pdf|svg|png)$/.test(basePath)) {
    throw new Error(
      `"${basePath}" names one format: leave the extension out, it is added for each of ${formats.join(', ')}`,
    )
  }
  const rendered = await renderFormats(figure, options, formats)
  options.beforeWriting?.()
  const files = formats.map((format) => ({
    format,
    path: resolve(`${basePath}.${format}`),
    content: Buffer.from(rendered[format]!),
  }))
  writeTogether([...files.map(({ path, content }) => [path, content] as const), ...(options.beside ?? [])])
  return files.map(({ format, path, content }) => ({ format, path, bytes: content.length }))
}
