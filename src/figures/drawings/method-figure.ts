import { type Board, createBoard, type Point } from '../kit/board.js'
import { colorBars, drawColorBarOn } from '../kit/color-bars.js'
import { type Figure, figureFrom } from '../kit/figure.js'
import { look } from '../kit/look.js'
import { methodLongName, networkName } from '../kit/names.js'
import { isNarrowPage } from '../kit/narrow.js'
import { fixed } from '../kit/numbers.js'
import { panelNames } from '../kit/page.js'
import { assertShape, picture, type Raster, relevanceMap, relevanceScale } from '../kit/raster.js'
import { assertSteps, type Scan, splitSteps, stepTicks } from '../kit/steps.js'
import { textWidth } from '../kit/text-width.js'
import { mutedFont, smallFont } from '../kit/theme.js'
import { mm } from '../kit/units.js'

/** One prediction and its explanation. */
export interface MethodRow {
  readonly network: string
  readonly method: string
  readonly rows: number
  readonly columns: number
  /** The sequence, 0…255, row-major, `[rows, columns]`. */
  readonly pixels: Uint8Array
  /** Its relevance, in the same order. */
  readonly values: Float32Array
  /** The explained logit f(x). */
  readonly logit: number
  /** How many steps it is read in. Default: that of the options. */
  readonly steps?: number
  /** Default: that of the options. */
  readonly scan?: Scan
}

/** What the row does not say of how its sequence is read. */
export interface MethodFigureOptions {
  readonly steps?: number
  /** Default: from left to right. */
  readonly scan?: Scan
}

/** The quantile of the absolute relevance from which on the colour no longer changes. */
const CLIP = 0.99
/** The height of the colour bar with its distance from what is above it, in CSS pixels. */
const KEY = 18

interface Read {
  readonly steps: number
  readonly scan: Scan
}

/** Lengths in CSS pixels. */
interface Geometry {
  readonly cell: number
  readonly pitch: number
  readonly left: number
  readonly node: number
  readonly isNarrow: boolean
  readonly heights: {
    readonly title: number
    readonly rise: number
    readonly frame: number
    readonly panel: number
  }
}

/**
 * How explanation methods apply to an unrolled recurrent network: above, the prediction, which carries evidence from step to step to
 * f(x); below, the walk back, whose arrows are as thick as the relevance they carry, to each step's input.
 *
 * @throws if nobody says how many steps there are, or pixels, values and steps do not fit together
 * @example
 * methodFigure(await methodRow(model, test, 0, 'deepTaylor'), { steps: test.steps })
 */
export function methodFigure(row: MethodRow, options: MethodFigureOptions = {}): Figure {
  const { steps = options.steps, scan = options.scan ?? 'leftToRight' } = row
  if (steps === undefined)
    throw new Error(
      'steps is undefined; say in the row or the options how many steps the sequence is read in',
    )
  assertShape(row.pixels, row, 'Pixels of the sequence')
  assertShape(row.values, row, 'Relevance of the sequence')
  assertSteps(row, 1, steps)
  return figureFrom((widthMm) => draw(row, { steps, scan }, widthMm), { rows: () => [row] })
}

function draw(row: MethodRow, read: Read, widthMm: number): Figure {
  const geometry = geometryOf(row, read.steps, widthMm)
  const shares = stepShares(row, read)
  const height = 2 * geometry.heights.panel + 8 + KEY
  const board = createBoard(widthMm, height)
  for (const walk of ['forward', 'backward'] as const) drawWalk(board, geometry, row, read, shares, walk)
  const [bar] = colorBars([row], CLIP)
  drawColorBarOn(board, bar!, [mm(widthMm) / 2, height - KEY / 2], 'Relevance')
  return board.figure(describe(row, shares))
}

/** Sizes that let all steps stand beside each other. */
function geometryOf(row: MethodRow, steps: number, widthMm: number): Geometry {
  const isNarrow = isNarrowPage(widthMm)
  const [left, right] = isNarrow ? [4, 62] : [8, 84]
  const pitch = (mm(widthMm) - left - right) / steps
  // Whole pixels a cell where there is room for them, and a gap between steps.
  const widest = (0.85 * pitch * steps) / row.columns
  const whole = Math.max(1, Math.round((isNarrow ? 168 : 252) / row.columns))
  const cell = whole <= widest ? whole : Math.max(Math.floor(widest), Math.min(widest, 1))
  const node = Math.min(isNarrow ? 13 : 24, Math.max(4, 0.7 * pitch))
  const heights = { title: 22, rise: isNarrow ? 22 : 28, frame: row.rows * cell }
  const panel = heights.title + node + heights.rise + heights.frame + 18
  return { cell, pitch, left, node, isNarrow, heights: { ...heights, panel } }
}

/** The prediction, or under it the walk back. */
function drawWalk(
  board: Board,
  geometry: Geometry,
  row: MethodRow,
  read: Read,
  shares: readonly number[],
  walk: 'forward' | 'backward',
): void {
  const { left, node, isNarrow, heights } = geometry
  const { steps } = read
  const isBack = walk === 'backward'
  const top = isBack ? heights.panel + 8 : 0
  const nodeY = top + heights.title + node / 2
  const frameTop = Math.round(top + heights.title + node + heights.rise)
  board.text(left, top + 8, isBack ? backwardTitle(row) : forwardTitle(row), {
    xanchor: 'left',
    font: { size: look.text, color: look.ink },
  })
  drawFrames(board, geometry, row, read, shares, { frameTop, isBack })
  connect(board, geometry, steps, nodeY, frameTop, isBack ? shares : null)
  for (let step = 0; step < steps; step++) drawNode(board, geometry, nodeX(geometry, step), nodeY, step)
  output(board, geometry, steps, nodeY, row, isBack)
  if (!isBack) return
  const x = nodeX(geometry, steps - 1) + geometry.pitch / 2 + 2
  board.text(x, frameTop + heights.frame + 10, isNarrow ? '% of <i>f</i>' : '% of <i>f</i>(<i>x</i>)', {
    xanchor: 'left',
    font: mutedFont(),
  })
}

/** What each step reads, or the relevance that it receives, with its number or share underneath. */
function drawFrames(
  board: Board,
  geometry: Geometry,
  row: MethodRow,
  { steps, scan }: Read,
  shares: readonly number[],
  { frameTop, isBack }: { readonly frameTop: number; readonly isBack: boolean },
): void {
  const { cell, isNarrow, pitch, heights } = geometry
  const part: Raster = { rows: row.rows, columns: row.columns / steps }
  // All steps share the whole map's colours, so that one step's strength can be compared with another's.
  const scale = relevanceScale(row.values, CLIP)
  // Where there is no room under each step, some go without.
  const percents = shares.map((share) => (100 * share).toFixed(0))
  const isRoomy = textWidth(isBack ? '00' : String(steps)) + 2 <= pitch
  const marked = new Set(stepTicks(steps))
  splitSteps(isBack ? row.values : row.pixels, row, steps, scan).forEach((values, step) => {
    const x = nodeX(geometry, step)
    const frameLeft = Math.round(x - (part.columns * cell) / 2)
    const at = { panel: panelNames(0), x0: frameLeft + cell / 2, y0: frameTop + cell / 2, cell }
    board.data.push(isBack ? relevanceMap(values, part, at, { scale }) : picture(values, part, at))
    board.box(
      { left: frameLeft, top: frameTop, width: part.columns * cell, height: heights.frame },
      { line: { color: look.muted, width: 0.4 } },
    )
    const number = isNarrow || !isRoomy ? String(step + 1) : `<i>x</i><sub>${step + 1}</sub>`
    if (isRoomy || marked.has(step + 1))
      board.text(x, frameTop + heights.frame + 10, isBack ? percents[step]! : number, { font: smallFont() })
    const first = (scan === 'leftToRight' ? step : steps - 1 - step) * part.columns
    board.hover(
      x,
      frameTop + heights.frame / 2,
      isBack
        ? `step ${step + 1} receives ${percents[step]} % of the relevance`
        : `input of step ${step + 1}: columns ${first} to ${first + part.columns - 1}`,
    )
  })
}

const nodeX = ({ left, pitch }: Geometry, step: number): number => left + (step + 0.5) * pitch

/** Arrows between states and from inputs to states; backwards, as thick as the share that flows. */
function connect(
  board: Board,
  geometry: Geometry,
  steps: number,
  nodeY: number,
  frameTop: number,
  shares: readonly number[] | null,
): void {
  const { node } = geometry
  const thickness = geometry.isNarrow ? 3 : 5
  let before = 0
  for (let step = 0; step < steps; step++) {
    const x = nodeX(geometry, step)
    const input: Point = [x, frameTop - 1]
    const state: Point = [x, nodeY + node / 2]
    const previous: Point = [x - geometry.pitch + node / 2 + 0.5, nodeY]
    const here: Point = [x - node / 2 - 0.5, nodeY]
    if (!shares) {
      board.arrow(input, state)
      if (step > 0) board.arrow(previous, here)
      continue
    }
    flow(board, state, input, shares[step]!, thickness)
    if (step > 0) flow(board, here, previous, before, thickness)
    before += shares[step]!
  }
}

/** An arrow as thick as the relevance it carries; next to nothing is a dotted line. */
function flow(board: Board, from: Point, to: Point, share: number, thickness: number): void {
  if (share < 0.005) board.line(from, to, { color: look.accent, width: 0.5, dash: 'dot' })
  else board.arrow(from, to, { color: look.accent, width: Math.max(0.5, thickness * share) })
}

function drawNode(board: Board, { node, isNarrow }: Geometry, x: number, y: number, step: number): void {
  const area = { left: x - node / 2, top: y - node / 2, width: node, height: node }
  board.box(area, { type: 'circle', fillcolor: look.shade, line: { color: look.ink, width: 0.7 } })
  const text = isNarrow ? '<i>h</i>' : `<i>h</i><sub>${step + 1}</sub>`
  if (node >= (isNarrow ? 11 : 18)) board.text(x, y, text, { font: smallFont() })
}

/** The logit to the right of the last state. */
function output(
  board: Board,
  geometry: Geometry,
  steps: number,
  y: number,
  row: MethodRow,
  isBack: boolean,
): void {
  const last = nodeX(geometry, steps - 1) + geometry.node / 2
  const x = last + (geometry.isNarrow ? 14 : 20)
  const style = { color: isBack ? look.accent : look.ink, width: isBack ? (geometry.isNarrow ? 3 : 5) : 0.8 }
  if (isBack) board.arrow([x, y], [last, y], style)
  else board.arrow([last, y], [x, y], style)
  const f = '<i>f</i>(<i>x</i>)'
  const value = fixed(row.logit, 1)
  board.text(x + 2, y, `${f} = ${value}`, {
    xanchor: 'left',
    font: smallFont(),
  })
}

const forwardTitle = (row: MethodRow): string => `Prediction by ${networkName(row.network)}`

const backwardTitle = (row: MethodRow): string => `Explanation by ${methodLongName(row.method)}`

/** The share of the absolute relevance that each step received. */
function stepShares(row: MethodRow, { steps, scan }: Read): number[] {
  const sums = splitSteps(row.values, row, steps, scan).map((values) =>
    values.reduce((sum, value) => sum + Math.abs(value), 0),
  )
  const total = sums.reduce((sum, value) => sum + value, 0)
  return sums.map((value) => (total > 0 ? value / total : 0))
}

function describe(row: MethodRow, shares: readonly number[]): string {
  const percents = shares.map((share) => (100 * share).toFixed(0)).join(', ')
  return (
    `${networkName(row.network)} unrolled over ${shares.length} steps: evidence flows forward to f(x) = ${fixed(row.logit, 1)}, and ` +
    `${methodLongName(row.method)} walks back from it to the input of every step, which receive ${percents} % of the relevance.`
  )
}
