import { type ExportOptions, exportFigure as writeFigure } from '../figures/export/export-figure.js'
import type { FigureFormat } from '../figures/export/render-figure.js'
import type { Figure } from '../figures/kit/figure.js'
import { type FigureSize, type Preset, presets } from '../figures/kit/presets.js'
import { codeVersion } from '../files/code-version.js'
import { currentParameters } from './current-parameters.js'
import { display } from './display.js'
import { downloadLink, openLink } from './download-links.js'
import { projectPath, resultPath } from './results.js'

export interface FigureExport {
  /** Where the figure goes, such as "single-column", "neurips" or "poster-a0". Default: "double-column". */
  readonly preset?: Preset
  /** Its width on the page in millimetres, in place of a preset's. */
  readonly widthMm?: number
  /** Its height on the page in millimetres; what its layout asks for by default. */
  readonly heightMm?: number
  /** PDF, SVG and PNG by default. */
  readonly formats?: readonly FigureFormat[]
  /**
   * Refuse a figure whose text is smaller than 6 pt, overlaps or leaves the page. Default: whether the figure can lay itself out for a width,
   * as those of the project do.
   */
  readonly legible?: boolean
  /** What the files say of how the figure was made, beside the notebook's parameters and the code's version and commit. Default: nothing more. */
  readonly about?: Readonly<Record<string, unknown>>
}

/**
 * Writes a figure to `results/figures/<name>.pdf`, `.svg` and `.png` and shows where they went, with links that
 * download them.
 *
 * @throws RangeError when `name` is no plain file name or both a preset and a width are given, Error when the figure
 * cannot be drawn, is higher than the preset's page or cannot be read at its size.
 */
export async function exportFigure(figure: Figure, name: string, options: FigureExport = {}): Promise<void> {
  const wanted = exportOptions(figure, options)
  const files = await writeFigure(figure, resultPath('figures', name), wanted)
  const links = files.map(({ format, path, bytes }) => {
    const kilobytes = Math.max(1, Math.round(bytes / 1000))
    return `${downloadLink(path, `Download ${format.toUpperCase()}`)} (${kilobytes} kB)`
  })
  const saved = (name: (path: string) => string) =>
    `Saved, ${wanted.widthMm} mm wide, as ${files.map(({ path }) => name(path)).join(', ')}`
  display({
    'text/html': `<p>${links.join(' · ')}<br><small>${saved(openLink)}</small></p>`,
    'text/plain': saved(projectPath),
  })
}

/**
 * How `exportFigure` draws a figure: its size with what its files say of how it was made.
 *
 * @throws RangeError when both a preset and a width are given, or there is no such preset
 */
export function exportOptions(
  figure: Figure,
  {
    preset,
    widthMm,
    legible = figure.forWidth !== undefined,
    about: told = {},
    ...options
  }: FigureExport = {},
): ExportOptions {
  if (preset !== undefined && widthMm !== undefined) {
    throw new RangeError(
      `preset "${preset}" and widthMm ${widthMm} both set the width: leave one of them out`,
    )
  }
  const size: FigureSize | undefined =
    widthMm === undefined ? presets[preset ?? 'double-column'] : { widthMm }
  if (!size)
    throw new RangeError(`preset is "${preset}": it must be one of ${Object.keys(presets).join(', ')}`)
  return {
    ...size,
    ...options,
    legible,
    about: { parameters: currentParameters(), ...codeVersion(), ...told },
  }
}
