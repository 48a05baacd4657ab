import type { Figure } from '../kit/figure.js'
import type { FigureSize } from '../kit/presets.js'
import { shortTitle } from '../kit/title.js'
import { sharpenImages } from './crisp-images.js'
import type { DomElement } from './dom.js'
import { drawSvg } from './draw-svg.js'
import { drawingWindow } from './drawing-window.js'
import { fontStyleSheet } from './embed-fonts.js'
import { assertBetween, laidOut } from './lay-out.js'
import { illegibleTexts } from './legibility.js'
import { layPatternsOnColor } from './solid-patterns.js'
import { addStyleSheet, tidySvg } from './tidy-svg.js'
import { toPdf } from './to-pdf.js'
import { toPng } from './to-png.js'
import { usedText } from './used-text.js'

export interface RenderOptions extends FigureSize {
  /** Height on the page, in millimetres. Default: what the figure’s own layout asks for. */
  readonly heightMm?: number
  /** Resolution of the PNG, in pixels per inch. Default: 600. */
  readonly dpi?: number
  /** What the files say of how the figure was made, such as parameters, commit and command. Default: title and text alternative alone. */
  readonly about?: Readonly<Record<string, unknown>>
  /**
   * Refuse a figure whose text is smaller than 6 pt, overlaps or leaves the page at this size. Default: false, since who draws a figure of
   * their own may mean it.
   */
  readonly legible?: boolean
}

export type FigureFormat = 'pdf' | 'svg' | 'png'

/** One figure in the requested formats. */
export interface RenderedFigure {
  readonly svg: string
  readonly png: Uint8Array
  readonly pdf: Uint8Array
}

/**
 * Draws a figure as SVG, PNG and PDF of one size and look: Computer Modern text that stays text, crisp data pixels, and the same bytes
 * every time.
 *
 * @throws if a size is out of range, the page is not high enough, a text has a character that its face lacks or cannot be read where that
 *   is asked for, or a trace cannot be exported
 * @example
 * const { svg, pdf, png } = await renderFigure(figure, presets['double-column'])
 */
export async function renderFigure(figure: Figure, options: RenderOptions): Promise<RenderedFigure> {
  const { svg, png, pdf } = await renderFormats(figure, options, ['svg', 'png', 'pdf'])
  return { svg: svg!, png: png!, pdf: pdf! }
}

/** Like {@link renderFigure}, for some of the formats. */
export function renderFormats(
  figure: Figure,
  options: RenderOptions,
  formats: readonly FigureFormat[],
): Promise<Partial<RenderedFigure>> {
  // One at a time: the drawings share a page and its random numbers.
  const result = previous.then(() => renderNow(figure, options, formats))
  previous = result.catch(() => {})
  return result
}

let previous: Promise<unknown> = Promise.resolve()

async function renderNow(
  figure: Figure,
  options: RenderOptions,
  formats: readonly FigureFormat[],
): Promise<Partial<RenderedFigure>> {
  const { dpi = 600 } = options
  assertBetween('dpi', dpi, 36, 2400)
  const place = laidOut(figure, options)
  const { figure: fitted, widthMm, heightMm, width, height, zoom } = place
  if (heightMm > (options.mostHeightMm ?? Number.POSITIVE_INFINITY))
    throw new Error(
      `the figure is ${heightMm.toFixed(0)} mm high at a width of ${widthMm} mm, and the page holds ${options.mostHeightMm} mm: ` +
        "show fewer rows, or export it with { overflow: 'pages' } in parts, or { overflow: 'fewer' }",
    )

  const document = await drawSvg(fitted, width, height)
  const root = document.documentElement
  if (options.legible) assertLegible(root, { width, height, zoom, widthMm })
  const used = usedText(root)
  layPatternsOnColor(root)
  await sharpenImages(root, place.paper)
  const { about } = options
  const page = { widthMm, heightMm, width, height, title: titleOf(fitted, about), alt: fitted.alt, about }
  tidySvg(document, page)
  const { serialise } = drawingWindow()
  const drawing = serialise(document) // resvg and typst take the fonts from files
  const rendered: { svg?: string; png?: Uint8Array; pdf?: Uint8Array } = {}
  if (formats.includes('png')) rendered.png = toPng(drawing, Math.round((widthMm / 25.4) * dpi), dpi, page)
  if (formats.includes('pdf')) rendered.pdf = toPdf(drawing, page)
  if (formats.includes('svg')) {
    addStyleSheet(document, `image{image-rendering:pixelated}\n${await fontStyleSheet(used)}`)
    rendered.svg = serialise(document)
  }
  return rendered
}

/** What is told of a figure, or its own title as plain text, or how its text alternative begins. */
function titleOf(figure: Figure, about: RenderOptions['about']): string {
  if (typeof about?.title === 'string') return about.title
  const own = figure.layout.title?.text?.replace(/<br>/g, ' ').replace(/<[^>]*>/g, '')
  return own || figure.title || shortTitle(figure.alt)
}

function assertLegible(
  root: DomElement,
  { widthMm, ...page }: { width: number; height: number; zoom: number; widthMm: number },
): void {
  const [first, ...others] = illegibleTexts(root, page)
  if (first === undefined) return
  const more = others.length === 0 ? '' : `, and ${others.length} other texts are in the way`
  throw new Error(
    `the figure cannot be read at a width of ${widthMm} mm: "${first.text}" ${first.why}${more}; give it more room, show less in it, or say { legible: false }`,
  )
}
