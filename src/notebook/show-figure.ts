import { setTimeout as delay } from 'node:timers/promises'
import { compactPng } from '../figures/export/compact-png.js'
import { renderFormats } from '../figures/export/render-figure.js'
import type { Figure } from '../figures/kit/figure.js'
import { presets } from '../figures/kit/presets.js'
import { updatable } from './display.js'
import { exportFigure, type FigureExport } from './export-figure.js'
import { keepForCamera } from './figure-files.js'
import { plotlyMimeType } from './figure-json.js'
import { insideKernel } from './kernel.js'
import { liveFigure, liveMimeType } from './live-figure.js'
import { textAlternative } from './text-alternative.js'

export interface ShowOptions {
  /** The width that the figure is laid out for, in millimetres. Default: a double column. */
  readonly widthMm?: number
}

export interface ShowAndSaveOptions extends ShowOptions {
  /** Also writes the figure under this name, as `exportFigure` does. Default: it is shown only. */
  readonly save?: string
  /** How it is written. Default: as a double column, in every format. */
  readonly as?: FigureExport
}

/** Two pixels per CSS pixel: crisp on high-density screens. */
const dpi = 192
/** A larger interactive figure is left out: a few of them would make the notebook too large for GitHub to show. */
const mostInteractiveBytes = 600_000
/** A larger picture is worth the time that it takes to compress it better. */
const largePictureBytes = 150_000
const millisecondsToRead = 30
/** How deep an output lies in the JSON of a notebook, which is indented by one space for each level. */
const outputDepth = 6

/** Outputs that show one figure after the other. */
export interface FigureOutput {
  /**
   * Shows a figure in place of the one before. A newer figure aborts the signal of the one before it.
   *
   * @throws as `show`
   */
  update(figure: Figure, options?: ShowOptions & { readonly signal?: AbortSignal }): Promise<void>
}

/**
 * Shows a figure: interactive where the viewer has a plotly renderer, as a crisp picture everywhere else, as text in
 * terminals; below it, folded up, its text alternative. The outputs are the same, byte for byte, every time.
 *
 * @throws Error when the figure cannot be drawn, for example because a trace is of a kind without vector graphics; RangeError as
 *   `exportFigure`
 * @example
 * await show(figure, { save: 'scores', as: { preset: 'single-column' } })
 */
export async function show(figure: Figure, { save, as, ...options }: ShowAndSaveOptions = {}): Promise<void> {
  if (save === undefined && as !== undefined)
    throw new RangeError('as says how a figure is saved, and save its name, which is missing')
  await figureOutput({ save, as }).update(figure, options)
  if (save !== undefined) await exportFigure(figure, save, as)
}

/** Makes outputs that show figures as `show` does, each in place of the one before; `saved` is how the camera over them saves them. */
export function figureOutput(saved: Pick<ShowAndSaveOptions, 'save' | 'as'> = {}): FigureOutput {
  // No viewer gives a notebook's picture an alternative: it stands in an output of its own, as HTML beside a picture hides it on GitHub.
  const [output, alternative] = [updatable(), updatable()]
  return {
    async update(figure, { widthMm = presets['double-column'].widthMm, signal } = {}) {
      if (!insideKernel()) {
        output.update({ 'text/plain': figure.alt })
        return
      }
      const { json, live } = liveFigure(figure, widthMm, saved.save)
      const isSmall = bytesInNotebook({ json, live }) <= mostInteractiveBytes
      const interactive = isSmall && { [liveMimeType]: live, [plotlyMimeType]: json }
      if (interactive) keepForCamera(live.id, figure, saved)
      // The picture takes its time.
      if (interactive && !signal) output.update({ ...interactive, 'text/plain': figure.alt })
      // While a picture is drawn no message is read: those that are there already may abort it.
      if (signal) await delay(millisecondsToRead)
      if (signal?.aborted) return
      const { png: drawn } = await renderFormats(figure, { widthMm, dpi }, ['png'])
      if (signal?.aborted) return
      const png = drawn!.length > largePictureBytes ? compactPng(drawn!) : drawn!
      const picture = { 'image/png': png, 'text/plain': figure.alt }
      const metadata = { 'image/png': { ...cssSize(png), alt: figure.alt } }
      output.update({ ...interactive, ...picture }, metadata)
      alternative.update(textAlternative(figure.alt, { isInteractive: interactive !== false }))
    },
  }
}

/** What a notebook file grows by: every number stands on a line of its own there. */
function bytesInNotebook(json: unknown): number {
  const text = JSON.stringify(json, null, 1)
  const lines = text.split('\n').length
  return text.length + lines * outputDepth
}

/** Width and height of a PNG in CSS pixels, from its header. */
function cssSize(png: Uint8Array): { width: number; height: number } {
  const header = new DataView(png.buffer, png.byteOffset)
  const toCss = (pixels: number) => Math.round((pixels * 96) / dpi)
  return { width: toCss(header.getUint32(16)), height: toCss(header.getUint32(20)) }
}
