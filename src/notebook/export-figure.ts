import { type ExportOptions, exportFigure as writeFigure } from '../figures/export/export-figure.js'
import type { FigureFormat } from '../figures/export/render-figure.js'
import type { Figure } from '../figures/kit/figure.js'
import { type FigureSize, type Preset, presets } from '../figures/kit/presets.js'
import type { Theme } from '../figures/kit/themes.js'
import { shortTitle } from '../figures/kit/title.js'
import { type About, aboutExport } from './about.js'
import { display, escapeHtml, type MimeBundle } from './display.js'
import { downloadLink, openLink } from './download-links.js'
import { keepEarlier } from './earlier-export.js'
import { figureData } from './figure-data.js'
import { OVERFLOWS, type Overflow, type Part, pagesOf, panelsOf } from './figure-parts.js'
import { projectPath, resultPath } from './results.js'
import { csvMetadata } from './table-about.js'

export interface FigureExport {
  /** Where the figure goes, such as "single-column", "neurips" or "poster-a0". Default: "double-column". */
  readonly preset?: Preset
  /** Its width on the page in millimetres, in place of a preset's. */
  readonly widthMm?: number
  /** Its height on the page in millimetres; what its layout asks for by default. */
  readonly heightMm?: number
  /** How it looks, on top of its preset's theme and of that which is set for all figures. */
  readonly theme?: Theme
  /** PDF, SVG and PNG by default. */
  readonly formats?: readonly FigureFormat[]
  /** Whether its numbers are written beside it, as `<name>.csv`. Default: true. */
  readonly data?: boolean
  /** Writes each of its panels as a figure of its own, `<name>-<panel>`, in place of the whole. Default: false. */
  readonly panels?: boolean
  /**
   * What is done with a figure that is higher than the preset's page: "refuse" throws; "pages" writes `<name>-1`, `<name>-2` …, a page each;
   * "fewer" leaves out the sequences or panels for which the page has no room, and says so. Default: "refuse".
   */
  readonly overflow?: Overflow
  /**
   * Refuse a figure whose text is smaller than 6 pt, overlaps or leaves the page. Default: whether the figure can lay itself out for a width,
   * as those of the project do.
   */
  readonly legible?: boolean
  /** What the files say of how the figure was made, beside what is known. Default: nothing more. */
  readonly about?: About
}

/**
 * Writes a figure to `results/figures/<name>.pdf`, `.svg` and `.png`, with its numbers in `<name>.csv` and what it is about in each, and
 * shows where they went, with links that download them. What other parameters made under the name is kept beside.
 *
 * @throws RangeError when `name` is no plain file name or both a preset and a width are given, Error when the figure
 * cannot be drawn, is higher than the preset's page, has no panels where they are asked for or cannot be read at its size.
 */
export async function exportFigure(figure: Figure, name: string, options: FigureExport = {}): Promise<void> {
  display(await exportedFigure(figure, name, options))
}

/**
 * Writes a figure as `exportFigure` does.
 *
 * @returns what `exportFigure` shows of it
 * @throws as `exportFigure`
 */
export async function exportedFigure(
  figure: Figure,
  name: string,
  options: FigureExport = {},
): Promise<MimeBundle> {
  const { overflow = 'refuse', panels = false } = options
  const { widthMm, heightMm, mostHeightMm, zoom, theme } = exportOptions(figure, options)
  const size = { widthMm, heightMm, mostHeightMm, zoom, theme }
  if (!OVERFLOWS.includes(overflow))
    throw new RangeError(`overflow is "${overflow}": it must be one of ${OVERFLOWS.join(', ')}`)
  resultPath('figures', name)
  const parts = panels ? panelsOf(figure, name) : [{ figure, name }]
  const pages = overflow === 'refuse' ? parts : parts.flatMap((part) => pagesOf(part, size, overflow))
  const shown: Exported[] = []
  for (const page of pages) shown.push(await exportPart(page, options))
  return {
    'text/html': `<p>${shown.map(({ html }) => html).join('<br>')}</p>`,
    'text/plain': shown.map(({ plain }) => plain).join('\n'),
  }
}

/**
 * How `exportFigure` draws a figure: its size and look with what its files say of how it was made.
 *
 * @throws RangeError when both a preset and a width are given, or there is no such preset
 */
export function exportOptions(
  figure: Figure,
  {
    preset,
    widthMm,
    heightMm,
    theme,
    formats,
    legible = figure.forWidth !== undefined,
    about = {},
  }: FigureExport = {},
): ExportOptions & { readonly about: Record<string, unknown> } {
  if (preset !== undefined && widthMm !== undefined) {
    throw new RangeError(
      `preset "${preset}" and widthMm ${widthMm} both set the width: leave one of them out`,
    )
  }
  const place: FigureSize | undefined =
    widthMm === undefined ? presets[preset ?? 'double-column'] : { widthMm }
  if (!place)
    throw new RangeError(`preset is "${preset}": it must be one of ${Object.keys(presets).join(', ')}`)
  return {
    ...place,
    ...(theme === undefined ? {} : { theme: { ...place.theme, ...theme } }),
    ...(formats === undefined ? {} : { formats }),
    ...(heightMm === undefined ? {} : { heightMm }),
    legible,
    about: aboutExport(about, {
      title: figure.title ?? shortTitle(figure.alt),
      ...(figure.sample ? { n: figure.sample.replace(/^n = /, '') } : {}),
    }),
  }
}

interface Exported {
  readonly html: string
  readonly plain: string
}

async function exportPart({ figure, name, note = '' }: Part, options: FigureExport): Promise<Exported> {
  const base = resultPath('figures', name)
  const wanted = exportOptions(figure, options)
  const numbers = options.data === false ? null : figureData(figure)
  const kept = { sentence: '' }
  const files = await writeFigure(figure, base, {
    ...wanted,
    // After the figure was drawn, so that one which is refused changes nothing.
    beforeWriting: () => {
      kept.sentence = keepEarlier(base, wanted.about.parameters)
    },
    beside: [
      ...(numbers ? [[`${base}.csv`, numbers.csv] as const] : []),
      [`${base}.csv-metadata.json`, csvMetadata(`${name}.csv`, numbers?.columns ?? [], wanted.about)],
    ],
  })
  const csv = numbers ? [{ format: 'csv', path: `${base}.csv`, bytes: Buffer.byteLength(numbers.csv) }] : []
  const all = [...files, ...csv]
  const links = all.map(({ format, path, bytes }) => {
    const kilobytes = Math.max(1, Math.round(bytes / 1000))
    return `${downloadLink(path, `Download ${format.toUpperCase()}`)} (${kilobytes} kB)`
  })
  const sentences = [note, kept.sentence].filter((sentence) => sentence !== '')
  const saved = (named: (path: string) => string) =>
    `Saved, ${wanted.widthMm} mm wide, as ${all.map(({ path }) => named(path)).join(', ')}`
  return {
    html: `${links.join(' · ')}<br><small>${[saved(openLink), ...sentences.map(escapeHtml)].join('. ')}</small>`,
    plain: [saved(projectPath), ...sentences].join('. '),
  }
}
