import { type Board, createBoard, type Point } from '../kit/board.js'
import { type Figure, figureFrom } from '../kit/figure.js'
import { methodLongName, networkName } from '../kit/names.js'
import { panelNames } from '../kit/page.js'
import { ACCENT } from '../kit/palette.js'
import { assertShape, picture, type Raster, relevanceMap, relevanceScale } from '../kit/raster.js'
import { assertSteps, splitSteps } from '../kit/steps.js'
import { INK, MUTED, mutedFont, smallFont, TEXT } from '../kit/theme.js'

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
}

interface Geometry {
  readonly cell: number
  readonly pitch: number
  readonly left: number
  readonly node: number
  readonly narrow: boolean
}

/**
 * How explanation methods apply to an unrolled recurrent network: above, the prediction, which carries evidence from step to step to
 * f(x); below, the walk back, whose arrows are as thick as the relevance they carry, to each step's input.
 *
 * @throws if pixels, values and steps do not fit together
 */
export function methodFigure(row: MethodRow, options: { steps?: number } = {}): Figure {
  const { steps = 12 } = options
  assertShape(row.pixels, row, 'Pixels of the sequence')
  assertShape(row.values, row, 'Relevance of the sequence')
  assertSteps(row, 1, steps)
  return figureFrom((widthMm) => draw(row, steps, widthMm))
}

function draw(row: MethodRow, steps: number, widthMm: number): Figure {
  const narrow = widthMm < 130
  const cell = Math.max(1, Math.round((narrow ? 168 : 252) / row.columns))
  const shares = stepShares(row, steps)
  const heights = {
    title: 22,
    node: narrow ? 13 : 24,
    rise: narrow ? 22 : 28,
    frame: row.rows * cell,
    foot: 18,
  }
  const panel = heights.title + heights.node + heights.rise + heights.frame + heights.foot
  const board = createBoard(widthMm, 2 * panel + 8)
  const right = narrow ? 42 : 64
  const left = narrow ? 4 : 8
  const pitch = (board.page.width - left - right) / steps
  const geometry: Geometry = { cell, pitch, left, node: heights.node, narrow }
  const part: Raster = { rows: row.rows, columns: row.columns / steps }
  // All steps share the whole map's colours, so that one step's strength can be compared with another's.
  const scale = relevanceScale(row.values, 0.99)

  for (const walk of ['forward', 'backward'] as const) {
    const back = walk === 'backward'
    const top = back ? panel + 8 : 0
    const nodeY = top + heights.title + heights.node / 2
    const frameTop = Math.round(top + heights.title + heights.node + heights.rise)
    board.text(left, top + 8, back ? backwardTitle(row) : forwardTitle(row), {
      xanchor: 'left',
      font: { size: TEXT, color: INK },
    })
    splitSteps(back ? row.values : row.pixels, row, steps).forEach((values, step) => {
      const x = nodeX(geometry, step)
      const frameLeft = Math.round(x - (part.columns * cell) / 2)
      const at = { panel: panelNames(0), x0: frameLeft + cell / 2, y0: frameTop + cell / 2, cell }
      board.data.push(back ? relevanceMap(values, part, at, { scale }) : picture(values, part, at))
      board.box(
        { left: frameLeft, top: frameTop, width: part.columns * cell, height: heights.frame },
        { line: { color: MUTED, width: 0.4 } },
      )
      const percent = (100 * shares[step]!).toFixed(0)
      const text = back ? percent : narrow ? String(step + 1) : `<i>x</i><sub>${step + 1}</sub>`
      board.text(x, frameTop + heights.frame + 10, text, { font: smallFont })
      board.hover(
        x,
        frameTop + heights.frame / 2,
        back
          ? `step ${step + 1} receives ${percent} % of the relevance`
          : `input of step ${step + 1}: columns ${step * part.columns} to ${(step + 1) * part.columns - 1}`,
      )
    })
    connect(board, geometry, steps, nodeY, frameTop, back ? shares : null)
    for (let step = 0; step < steps; step++) node(board, geometry, nodeX(geometry, step), nodeY, step)
    output(board, geometry, steps, nodeY, row, back)
    if (back) {
      const x = nodeX(geometry, steps - 1) + pitch / 2 + 2
      board.text(x, frameTop + heights.frame + 10, narrow ? '% of <i>f</i>' : '% of <i>f</i>(<i>x</i>)', {
        xanchor: 'left',
        font: mutedFont,
      })
    }
  }
  return board.figure(describe(row, shares))
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
  const thickness = geometry.narrow ? 3 : 5
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
  if (share < 0.005) board.line(from, to, { color: ACCENT, width: 0.5, dash: 'dot' })
  else board.arrow(from, to, { color: ACCENT, width: Math.max(0.5, thickness * share) })
}

function node(board: Board, { node, narrow }: Geometry, x: number, y: number, step: number): void {
  const area = { left: x - node / 2, top: y - node / 2, width: node, height: node }
  board.box(area, { type: 'circle', fillcolor: '#fbe9d7', line: { color: INK, width: 0.7 } })
  board.text(x, y, narrow ? '<i>h</i>' : `<i>h</i><sub>${step + 1}</sub>`, { font: smallFont })
}

/** The logit to the right of the last state. */
function output(
  board: Board,
  geometry: Geometry,
  steps: number,
  y: number,
  row: MethodRow,
  back: boolean,
): void {
  const last = nodeX(geometry, steps - 1) + geometry.node / 2
  const x = last + (geometry.narrow ? 14 : 20)
  const style = { color: back ? ACCENT : INK, width: back ? (geometry.narrow ? 3 : 5) : 0.8 }
  if (back) board.arrow([x, y], [last, y], style)
  else board.arrow([last, y], [x, y], style)
  const f = '<i>f</i>(<i>x</i>)'
  const value = row.logit.toFixed(1)
  board.text(x + 2, y, geometry.narrow ? `${f}<br>= ${value}` : `${f} =<br>${value}`, {
    xanchor: 'left',
    align: 'left',
    font: smallFont,
  })
}

const forwardTitle = (row: MethodRow): string => `Prediction by ${networkName(row.network)}`

const backwardTitle = (row: MethodRow): string => `Explanation by ${methodLongName(row.method)}`

/** The share of the absolute relevance that each step received. */
function stepShares(row: MethodRow, steps: number): number[] {
  const sums = splitSteps(row.values, row, steps).map((values) =>
    values.reduce((sum, value) => sum + Math.abs(value), 0),
  )
  const total = sums.reduce((sum, value) => sum + value, 0)
  return sums.map((value) => (total > 0 ? value / total : 0))
}

function describe(row: MethodRow, shares: readonly number[]): string {
  const percents = shares.map((share) => (100 * share).toFixed(0)).join(', ')
  return (
    `${networkName(row.network)} unrolled over ${shares.length} steps: evidence flows forward to f(x) = ${row.logit.toFixed(1)}, and ` +
    `${methodLongName(row.method)} walks back from it to the input of every step, which receive ${percents} % of the relevance.`
  )
}
