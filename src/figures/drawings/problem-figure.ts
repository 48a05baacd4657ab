import { type Board, createBoard } from '../kit/board.js'
import { type Figure, figureFrom } from '../kit/figure.js'
import { divide, panelNames } from '../kit/page.js'
import { assertShape, itemFrames, picture } from '../kit/raster.js'
import { assertSteps, splitSteps } from '../kit/steps.js'
import { textWidth } from '../kit/text-width.js'
import { INK, MUTED, mutedFont, smallFont, TEXT } from '../kit/theme.js'
import { mm } from '../kit/units.js'

/** An example of the majority problem: items side by side, the class of most of them as label. */
export interface ProblemRow {
  readonly rows: number
  readonly columns: number
  /** The sequence, 0…255, row-major, `[rows, columns]`. */
  readonly pixels: Uint8Array
  /** The class of each item, in order. */
  readonly classes: readonly string[]
  readonly label: string
  /** Positions of the majority's items, from 0. */
  readonly relevant: readonly number[]
}

/**
 * The problem: the first sequence as the network reads it, step by step, with the relevant items framed and its label; the others
 * small.
 *
 * @throws if there is no sequence, or its pixels, classes and steps do not fit together
 */
export function problemFigure(rows: readonly ProblemRow[], options: { steps?: number } = {}): Figure {
  const { steps = 12 } = options
  if (rows.length === 0) throw new Error('The problem figure needs at least one sequence')
  for (const row of rows) {
    assertShape(row.pixels, row, `Pixels of the sequence ${row.classes.join(' ')}`)
    assertSteps(row, row.classes.length, steps)
  }
  return figureFrom((widthMm) => draw(rows, steps, widthMm))
}

function draw(rows: readonly ProblemRow[], steps: number, widthMm: number): Figure {
  const narrow = widthMm < 130
  const [first, ...others] = rows
  // Whole pixels a cell, about as wide together whatever the size of the images.
  const cell = Math.max(1, Math.round((narrow ? 168 : 252) / first!.columns))
  const small = Math.max(1, Math.round(84 / first!.columns))
  const large = { cell, height: first!.rows * cell + 58 }
  const room = { left: narrow ? 0 : 420, top: narrow ? large.height + 8 : 22 }
  const slot = first!.columns * small + 24 + Math.max(...rows.map((row) => textWidth(row.label, TEXT)))
  const columns = Math.max(1, Math.floor((mm(widthMm) - room.left) / slot))
  const pitch = first!.rows * small + 10
  const shown = others.slice(0, columns * (narrow ? 2 : 3))
  const lines = Math.ceil(shown.length / columns)
  const height = Math.max(large.height, lines > 0 ? room.top + lines * pitch : 0)
  const board = createBoard(widthMm, height)
  drawSteps(board, first!, steps, large.cell, narrow)
  const slots = divide(room.left, mm(widthMm) - room.left, columns, 4)
  shown.forEach((row, i) => {
    drawSmall(board, row, slots[i % columns]!.start + 2, room.top + Math.floor(i / columns) * pitch, small)
  })
  return board.figure(describe(first!, steps, shown.length))
}

/** The sequence taken apart into its steps, an item's steps close together, with the label to the right. */
function drawSteps(board: Board, row: ProblemRow, steps: number, cell: number, narrow: boolean): void {
  const items = row.classes.length
  const perItem = steps / items
  const width = (row.columns / steps) * cell
  const height = row.rows * cell
  const [gap, itemGap, top] = narrow ? [2, 12, 20] : [4, 18, 22]
  const itemWidth = perItem * width + (perItem - 1) * gap
  const left = (item: number) => 8 + item * (itemWidth + itemGap)
  splitSteps(row.pixels, row, steps).forEach((pixels, step) => {
    const item = Math.floor(step / perItem)
    const x = left(item) + (step % perItem) * (width + gap)
    const frame = { rows: row.rows, columns: row.columns / steps }
    board.data.push(
      picture(pixels, frame, { panel: panelNames(0), x0: x + cell / 2, y0: top + cell / 2, cell }),
    )
    board.box({ left: x, top, width, height }, { line: { color: MUTED, width: 0.4 } })
    board.text(x + width / 2, top + height + 11, String(step + 1), { font: smallFont })
    board.hover(
      x + width / 2,
      top + height / 2,
      `step ${step + 1}: columns ${step * frame.columns} to ${(step + 1) * frame.columns - 1}`,
    )
  })
  const note = row.classes.every((name) => textWidth(`${name}, relevant`, TEXT) < itemWidth)
    ? ', relevant'
    : ''
  row.classes.forEach((name, item) => {
    const relevant = row.relevant.includes(item)
    const middle = left(item) + itemWidth / 2
    if (relevant) {
      const area = { left: left(item) - 4, top: top - 4, width: itemWidth + 8, height: height + 8 }
      board.box(area, { line: { color: INK, width: 1.3 } })
    }
    board.text(middle, top - 12, relevant ? `<b>${name}</b>${note}` : name, {
      font: { size: TEXT, color: relevant ? INK : MUTED },
    })
  })
  const end = left(items - 1) + itemWidth
  board.text((left(0) + end) / 2, top + height + 27, `time step, ${row.columns / steps} columns each`, {
    font: mutedFont,
  })
  board.arrow([end + 9, top + height / 2], [end + (narrow ? 24 : 34), top + height / 2], { width: 1 })
  const label = narrow ? `label<br><b>${row.label}</b>` : `label <b>${row.label}</b>`
  board.text(end + (narrow ? 27 : 38), top + height / 2, label, {
    xanchor: 'left',
    font: { size: TEXT, color: INK },
  })
}

/** A whole sequence with its relevant items framed and its label. */
function drawSmall(board: Board, row: ProblemRow, x: number, top: number, cell: number): void {
  const at = { panel: panelNames(0), x0: x + cell / 2, y0: top + cell / 2, cell }
  board.data.push(picture(row.pixels, row, at))
  board.shapes.push(...itemFrames(row, row.classes.length, row.relevant, at))
  const [width, height] = [row.columns * cell, row.rows * cell]
  board.text(x + width + 4, top + height / 2, `→ <b>${row.label}</b>`, {
    xanchor: 'left',
    font: { size: TEXT, color: INK },
  })
  board.hover(x + width / 2, top + height / 2, `${row.classes.join(', ')}: label ${row.label}`)
}

function describe(row: ProblemRow, steps: number, others: number): string {
  const relevant = row.relevant.map((item) => item + 1).join(' and ')
  return (
    `A sequence of ${row.classes.length} images of the classes ${row.classes.join(', ')}, read in ${steps} steps of ` +
    `${row.columns / steps} columns; items ${relevant} are the majority and framed, the label is ${row.label}.` +
    (others > 0 ? ` With it ${others} further sequences with their labels.` : '')
  )
}
