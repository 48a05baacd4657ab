import { type Board, createBoard } from '../kit/board.js'
import { type Figure, figureFrom } from '../kit/figure.js'
import { look } from '../kit/look.js'
import { isNarrowPage } from '../kit/narrow.js'
import { type Area, divide, panelNames } from '../kit/page.js'
import { assertShape, itemFrames, picture } from '../kit/raster.js'
import { type Rows, rowsOf } from '../kit/rows.js'
import { assertSteps, type Scan, splitSteps, stepTicks } from '../kit/steps.js'
import { boldFactor, fitText, textWidth, wrapText } from '../kit/text-width.js'
import { mutedFont, smallFont } from '../kit/theme.js'
import { mm } from '../kit/units.js'

/** Below it, in millimetres, small sequences never stand beside the large one. */

/** An example of the majority problem: items side by side, the class of most of them as label. */
export interface ProblemRow {
  readonly rows: number
  readonly columns: number
  /** The sequence, 0…255, row-major, `[rows, columns]`. */
  readonly pixels: Uint8Array
  /** The class of each item, from left to right. */
  readonly classes: readonly string[]
  readonly label: string
  /** Positions of the majority's items, from 0. */
  readonly relevant: readonly number[]
}

export interface ProblemFigureOptions {
  /** How many steps a sequence is read in. */
  readonly steps: number
  /** Default: from left to right. */
  readonly scan?: Scan
}

interface Read {
  readonly steps: number
  readonly scan: Scan
}

const FIELDS = ['rows', 'columns', 'pixels', 'classes', 'label', 'relevant'] as const

/**
 * The problem: the first sequence as the network reads it, step by step, with the relevant items framed and its label; the others
 * small.
 *
 * @throws if there is no sequence, or its pixels, classes and steps do not fit together
 * @example
 * problemFigure([problemRow(model.dataset, test, 0)], { steps: test.steps })
 */
export function problemFigure(rows: Rows<ProblemRow>, options: ProblemFigureOptions): Figure {
  const { steps, scan = 'leftToRight' } = options
  const all = rowsOf(rows, { figure: 'problem', one: 'sequence', fields: FIELDS })
  for (const row of all) {
    assertShape(row.pixels, row, `Pixels of the sequence ${row.classes.join(' ')}`)
    assertSteps(row, row.classes.length, steps)
  }
  return figureFrom((widthMm) => draw(all, { steps, scan }, widthMm), { rows: () => all })
}

function draw(rows: readonly ProblemRow[], read: Read, widthMm: number): Figure {
  const [first, ...others] = rows
  const small = Math.min(Math.max(1, Math.round(84 / first!.columns)), 120 / first!.columns)
  const labels = Math.max(...rows.map((row) => textWidth(`<b>${row.label}</b>`, look.text)))
  const wanted = first!.columns * small + 24 + labels
  const wide = layOut(first!, read.steps, false, widthMm)
  const beside = others.length === 0 ? wide.end : besideLabel(first!, wide) + wanted
  const isNarrow = isNarrowPage(widthMm) || beside > mm(widthMm)
  const large = isNarrow ? layOut(first!, read.steps, true, widthMm) : wide
  const largeHeight = first!.rows * large.cell + 58
  const room = { left: isNarrow ? 0 : besideLabel(first!, large), top: isNarrow ? largeHeight + 8 : 22 }
  const width = mm(widthMm) - room.left
  const slot = Math.min(wanted, width)
  const columns = Math.max(1, Math.floor(width / slot))
  const pitch = first!.rows * small + 10
  const shown = others.slice(0, columns * (isNarrow ? 2 : 3))
  const lines = Math.ceil(shown.length / columns)
  const height = Math.max(largeHeight, lines > 0 ? room.top + lines * pitch : 0)
  const board = createBoard(widthMm, height)
  const until = isNarrow || shown.length === 0 ? mm(widthMm) : room.left
  if (Number.isInteger(large.perItem)) drawSteps(board, first!, read, large)
  else drawWhole(board, first!, read, large)
  drawLabel(board, first!, large, until)
  const slots = divide(room.left, width, columns, 4)
  shown.forEach((row, i) => {
    const { start, size } = slots[i % columns]!
    drawSmall(
      board,
      row,
      { left: start + 2, top: room.top + Math.floor(i / columns) * pitch, width: size },
      small,
    )
  })
  return board.figure(describe(first!, read, shown.length))
}

/** Where small sequences begin right of the large one's label, of which the longest is broken. */
const besideLabel = ({ label }: ProblemRow, { end }: Large): number =>
  Math.max(420, Math.ceil(end + 38 + Math.min(textWidth(`label <b>${label}</b>`, look.text), 110) + 4))

/** Where the large sequence stands; lengths in CSS pixels. */
interface Large {
  readonly cell: number
  /** Steps of an item; a fraction where items are no whole number of steps. */
  readonly perItem: number
  /** Between steps, and between items. */
  readonly gap: number
  readonly itemGap: number
  readonly top: number
  readonly left: number
  readonly itemWidth: number
  readonly end: number
  readonly height: number
  readonly isNarrow: boolean
}

function layOut(row: ProblemRow, steps: number, isNarrow: boolean, widthMm: number): Large {
  const items = row.classes.length
  const perItem = steps / items
  const isApart = Number.isInteger(perItem)
  const top = isNarrow ? 20 : 22
  // What arrow and label leave of the page.
  const most = isNarrow ? mm(widthMm) - 70 : 352
  const [wanted, wantedItems] = isNarrow ? [2, 12] : [4, 18]
  const shrink = Math.min(1, most / 3 / (steps * wanted + (items - 1) * wantedItems))
  const [gap, itemGap] = isApart ? [shrink * wanted, shrink * wantedItems] : [0, 0]
  // Whole pixels a cell, about as wide together whatever the size of the images.
  const whole = Math.max(1, Math.round((isNarrow ? 168 : 252) / row.columns))
  const fitting = (most - steps * gap - (items - 1) * itemGap) / row.columns
  const cell = whole <= fitting ? whole : fitting >= 3 ? Math.floor(fitting) : fitting
  const step = (row.columns / steps) * cell
  const itemWidth = isApart ? perItem * step + (perItem - 1) * gap : (row.columns / items) * cell
  const left = 8
  const end = left + items * itemWidth + (items - 1) * itemGap
  return {
    cell,
    perItem,
    gap,
    itemGap,
    top,
    left,
    itemWidth,
    end,
    height: row.rows * cell,
    isNarrow,
  }
}

const itemLeft = ({ left, itemWidth, itemGap }: Large, item: number): number =>
  left + item * (itemWidth + itemGap)

/** The sequence taken apart into its steps, an item's steps close together. */
function drawSteps(board: Board, row: ProblemRow, { steps, scan }: Read, large: Large): void {
  const { cell, perItem, gap, top, height, itemWidth } = large
  const width = (row.columns / steps) * cell
  const frame = { rows: row.rows, columns: row.columns / steps }
  const numbered = numberedSteps(steps, width + gap)
  splitSteps(row.pixels, row, steps).forEach((pixels, place) => {
    const step = scan === 'leftToRight' ? place : steps - 1 - place
    const x = itemLeft(large, Math.floor(place / perItem)) + (place % perItem) * (width + gap)
    board.data.push(
      picture(pixels, frame, { panel: panelNames(0), x0: x + cell / 2, y0: top + cell / 2, cell }),
    )
    board.box({ left: x, top, width, height }, { line: { color: look.muted, width: 0.4 } })
    if (numbered.has(step + 1))
      board.text(x + width / 2, top + height + 11, String(step + 1), { font: smallFont() })
    board.hover(
      x + width / 2,
      top + height / 2,
      `step ${step + 1}: columns ${place * frame.columns} to ${(place + 1) * frame.columns - 1}`,
    )
  })
  const margin = Math.min(4, large.itemGap / 3)
  const relevant = row.relevant.map((item) => ({
    left: itemLeft(large, item) - margin,
    top: top - margin,
    width: itemWidth + 2 * margin,
    height: height + 2 * margin,
  }))
  for (const area of relevant) board.box(area, { line: { color: look.ink, width: 1.3 } })
  nameItems(board, row, large)
  nameSteps(board, row, steps, large)
}

/** The sequence in one piece, where a step reads parts of two items: items framed, steps marked under it. */
function drawWhole(board: Board, row: ProblemRow, { steps, scan }: Read, large: Large): void {
  const { cell, top, left, height } = large
  const at = { panel: panelNames(0), x0: left + cell / 2, y0: top + cell / 2, cell }
  board.data.push(picture(row.pixels, row, at))
  board.shapes.push(...itemFrames(row, row.classes.length, row.relevant, at))
  const width = (row.columns / steps) * cell
  const numbered = numberedSteps(steps, width)
  for (let place = 0; place < steps; place++) {
    const step = scan === 'leftToRight' ? place : steps - 1 - place
    const x = left + place * width
    for (const edge of place === 0 ? [x, x + width] : [x + width])
      board.line([edge, top + height + 1], [edge, top + height + 5], { color: look.muted, width: 0.6 })
    if (numbered.has(step + 1))
      board.text(x + width / 2, top + height + 11, String(step + 1), { font: smallFont() })
  }
  nameItems(board, row, large)
  nameSteps(board, row, steps, large)
}

/** The steps whose numbers have room: all, or some. */
const numberedSteps = (steps: number, pitch: number): Set<number> =>
  new Set(
    textWidth(String(steps)) + 2 <= pitch ? Array.from({ length: steps }, (_, i) => i + 1) : stepTicks(steps),
  )

/** The class of each item over it, where there is room for names. */
function nameItems(board: Board, row: ProblemRow, large: Large): void {
  const { itemWidth, itemGap, top } = large
  const note = row.classes.every((name) => textWidth(`${name}, relevant`, look.text) < itemWidth)
    ? ', relevant'
    : ''
  const room = itemWidth + Math.max(0, itemGap - 4)
  const isShort = row.classes.every((name) => textWidth(`<b>${name}</b>`, look.text) <= room)
  if (!isShort && room < 40) return
  row.classes.forEach((name, item) => {
    const isRelevant = row.relevant.includes(item)
    const shown = fitText(name, isRelevant ? room / boldFactor() : room, look.text)
    board.text(
      itemLeft(large, item) + itemWidth / 2,
      top - 12,
      isRelevant ? `<b>${shown}</b>${note}` : shown,
      { font: { size: look.text, color: isRelevant ? look.ink : look.muted } },
    )
  })
}

function nameSteps(board: Board, row: ProblemRow, steps: number, { left, end, top, height }: Large): void {
  const columns = row.columns / steps
  const text = `time step, ${columns} ${columns === 1 ? 'column' : 'columns'} each`
  board.text((left + end) / 2, top + height + 27, text, { font: mutedFont() })
}

/** An arrow to the label, right of the large sequence. */
function drawLabel(
  board: Board,
  row: ProblemRow,
  { end, top, height, isNarrow }: Large,
  until: number,
): void {
  const middle = top + height / 2
  board.arrow([end + 9, middle], [end + (isNarrow ? 24 : 34), middle], { width: 1 })
  const left = end + (isNarrow ? 27 : 38)
  const whole = isNarrow ? `label<br><b>${row.label}</b>` : `label <b>${row.label}</b>`
  const fits = textWidth(whole, look.text) <= until - left
  const room = (until - left) / boldFactor()
  const words = wrapText(row.label, room, look.text).split('<br>')
  const lines = ['label', ...words.map((line) => `<b>${fitText(line, room, look.text)}</b>`)]
  const above = fits ? 0 : 0.68 * look.text * lines.length
  board.text(left, Math.max(middle, above), fits ? whole : lines.join('<br>'), {
    xanchor: 'left',
    ...(fits ? {} : { align: 'left' }),
    font: { size: look.text, color: look.ink },
  })
}

/** A whole sequence with its relevant items framed and its label. */
function drawSmall(
  board: Board,
  row: ProblemRow,
  { left, top, width }: Omit<Area, 'height'>,
  cell: number,
): void {
  const at = { panel: panelNames(0), x0: left + cell / 2, y0: top + cell / 2, cell }
  board.data.push(picture(row.pixels, row, at))
  board.shapes.push(...itemFrames(row, row.classes.length, row.relevant, at))
  const [across, height] = [row.columns * cell, row.rows * cell]
  const label = fitText(row.label, (width - across - 18) / boldFactor(), look.text)
  board.text(left + across + 4, top + height / 2, `→ <b>${label}</b>`, {
    xanchor: 'left',
    font: { size: look.text, color: look.ink },
  })
  board.hover(left + across / 2, top + height / 2, `${row.classes.join(', ')}: label ${row.label}`)
}

function describe(row: ProblemRow, { steps, scan }: Read, others: number): string {
  const relevant = row.relevant.map((item) => item + 1).join(' and ')
  const direction = scan === 'leftToRight' ? '' : ' from right to left'
  return (
    `A sequence of ${row.classes.length} images of the classes ${row.classes.join(', ')}, read in ${steps} steps of ` +
    `${row.columns / steps} columns${direction}; items ${relevant} are the majority and framed, the label is ${row.label}.` +
    (others > 0 ? ` With it ${others} further sequences with their labels.` : '')
  )
}
