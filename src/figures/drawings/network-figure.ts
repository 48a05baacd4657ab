import type { Dash } from 'plotly.js'
import { type Board, createBoard, type Point } from '../kit/board.js'
import { fillOnPaper } from '../kit/dark.js'
import { type Figure, figureFrom, sectionsBy } from '../kit/figure.js'
import { look } from '../kit/look.js'
import { networkName, networksOf } from '../kit/names.js'
import { isNarrowPage } from '../kit/narrow.js'
import type { Area } from '../kit/page.js'
import { dashOf } from '../kit/palette.js'
import { type Rows, rowsOf } from '../kit/rows.js'
import { fitText, plainText, textWidth } from '../kit/text-width.js'
import { mutedFont, smallFont } from '../kit/theme.js'
import { mm } from '../kit/units.js'
import {
  BEND_GAP,
  BOX,
  boxHeight,
  boxMiddle,
  boxTexts,
  boxWidth,
  GAP,
  loopSide,
  type Network,
  networkOf,
  pathAlong,
  pathUp,
  type Spot,
  tracks,
  type Widths,
  widthsOf,
} from './network-layout.js'
import { assertLayers, type LayerKind, type NetworkEdge, type NetworkRow } from './network-row.js'

export type { LayerKind, NetworkEdge, NetworkLayer, NetworkRow } from './network-row.js'

const FILLS: Readonly<Record<LayerKind, string>> = {
  input: '#ffffff',
  conv: '#cfe5d8',
  pool: '#edf5f0',
  dense: '#d5e6f5',
  recurrent: '#fbdcb4',
  cell: '#fbdcb4',
  readout: '#dcdcdc',
}

interface LineStyle {
  readonly color: string
  readonly width: number
  readonly dash: Dash
}

const lineStyles = (): Readonly<Record<NetworkEdge['kind'], LineStyle>> => ({
  forward: { color: look.ink, width: 0.8, dash: 'solid' },
  everyStep: { color: look.ink, width: 2.2, dash: 'solid' },
  recurrent: { color: look.accent, width: 1.1, dash: 'dot' },
  recurrentBackward: { color: look.accent, width: 1.1, dash: dashOf({ dash: '6px,1.5px' }) },
})

const frame = () =>
  ({
    line: { color: look.muted, width: 0.6, dash: 'dot' },
    fillcolor: look.isDark ? '#1b1f25' : '#fafafa',
  }) as const

const [TITLE, FOOT, LEGEND] = [22, 6, 24]
/** The most room between two networks, in CSS pixels. */
const MOST_GAP = 36

/**
 * Diagrams of networks side by side, information flowing upwards, with the number of neurons in each layer; what repeats at every step
 * stands in a frame, and recurrent edges, dotted, reach the next step.
 *
 * @throws if there is no network, an edge names a layer that does not exist, or edges within a step run in a circle
 * @example
 * networkFigure([shallow, rLstm].map((network) => networkRow(network, THESIS_GEOMETRY)))
 */
export function networkFigure(rows: Rows<NetworkRow>): Figure {
  const all = rowsOf(rows, { figure: 'network', one: 'network', fields: ['network', 'layers', 'edges'] })
  for (const row of all) assertLayers(row)
  const ordered = networksOf(all).flatMap((network) => all.filter((row) => row.network === network))
  const networks = ordered.map(networkOf)
  return figureFrom((widthMm) => draw(networks, widthMm), {
    rows: () => ordered.flatMap(({ network, layers }) => layers.map((layer) => ({ network, ...layer }))),
    sections: sectionsBy(
      ordered,
      ({ network }) => networkName(network),
      (some) => networkFigure(some),
    ),
  })
}

interface Sized {
  readonly network: Network
  readonly widths: Widths
}

interface Shifted extends Sized {
  /** How much higher its levels are among those of its line. */
  readonly shift: number
}

/** Networks that stand beside each other, with the levels that they share. */
interface Line {
  readonly networks: readonly Shifted[]
  readonly width: number
  readonly lowest: number
  /** The height of the boxes of each level, from the lowest on. */
  readonly boxes: readonly number[]
  /** Between two levels. */
  readonly gap: number
  /** Under the lowest level within its frame. */
  readonly foot: number
  readonly height: number
}

function draw(networks: readonly Network[], widthMm: number): Figure {
  const isNarrow = isNarrowPage(widthMm)
  const columns = Math.min(networks.length, isNarrow ? 3 : 5)
  const gap = isNarrow ? 6 : 10
  const page = mm(widthMm)
  const common = Math.min(Math.floor((page - 2 - (columns - 1) * gap) / columns), 150)
  const lines = linesOf(networks, { common, gap, columns, page })
  const keys = legendKeys(networks, isNarrow, page)
  const legendHeight = LEGEND + 14 * (keys.length - 1)
  const board = createBoard(widthMm, lines.reduce((sum, line) => sum + line.height, 0) + legendHeight)
  let top = 0
  for (const line of lines) {
    // Networks share what the line leaves evenly, also with the margins; a line of few stays together.
    const spare = (page - 2 - (line.width - gap * (line.networks.length - 1))) / (line.networks.length + 1)
    const between = Math.max(gap, Math.min(spare, MOST_GAP))
    const taken = line.width + (between - gap) * (line.networks.length - 1)
    let x = (page - taken) / 2
    for (const one of line.networks) {
      drawNetwork(board, one, line, { left: Math.round(x), top })
      x += one.widths.total + between
    }
    top += line.height
  }
  for (const [i, line] of keys.entries()) drawKeys(board, line, top + 14 + 14 * i)
  return board.figure(describe(networks.map(({ row }) => row)))
}

/** Sets networks into lines. Where one does not hold all, shallow ones come first and deep ones after: lines get no higher than they need. */
function linesOf(
  networks: readonly Network[],
  { common, gap, columns, page }: { common: number; gap: number; columns: number; page: number },
): Line[] {
  const sized = networks.map((network) => ({ network, widths: widthsOf(network, common, page - 2) }))
  const widthOf = (list: typeof sized) => list.reduce((sum, { widths }) => sum + widths.total + gap, -gap)
  const fits = (list: typeof sized) => list.length <= columns && widthOf(list) <= page - 2
  const ordered = fits(sized) ? sized : [...sized].sort((a, b) => depth(a.network) - depth(b.network))
  const lines: (typeof sized)[] = []
  for (const one of ordered) {
    const last = lines.at(-1)
    if (last && fits([...last, one])) last.push(one)
    else lines.push([one])
  }
  return lines.map((own) => {
    const inOrder = sized.filter((one) => own.includes(one))
    return lineOf(inOrder, widthOf(inOrder))
  })
}

function lineOf(sized: readonly Sized[], width: number): Line {
  const hasRows = ({ layers }: Network) => layers.some(({ layer }) => layer.row !== undefined)
  const levelsOf = ({ network }: Sized) => network.layers.map(({ level }) => level)
  const aligned = sized.filter(({ network }) => hasRows(network))
  const lowest = aligned.length > 0 ? Math.min(...aligned.flatMap(levelsOf)) : 0
  const highest = Math.max(...aligned.flatMap(levelsOf), lowest)
  // Networks that say nothing of their rows have their readouts beside those that do.
  const networks = sized.map((one): Shifted => {
    const free = aligned.length > 0 ? Math.max(lowest, highest - Math.max(...levelsOf(one))) : 0
    return { ...one, shift: hasRows(one.network) ? 0 : free }
  })
  const top = Math.max(...networks.flatMap((one) => levelsOf(one).map((level) => level + one.shift)))
  const boxes = Array.from({ length: top - lowest + 1 }, (_, i) =>
    Math.max(BOX, ...networks.map((one) => levelHeight(one, lowest + i - one.shift))),
  )
  const isPlain = networks.every(({ widths }) => widths.isPlain)
  const [gap, foot] = isPlain ? [GAP, 0] : [BEND_GAP, 13]
  const height = boxes.reduce((sum, box) => sum + box + gap, 0) + foot + TITLE + 8
  return { networks, width, lowest, boxes, gap, foot, height }
}

/** The height of the boxes of a network's level. */
function levelHeight({ network, widths }: Sized, level: number): number {
  const own = network.layers.filter((placed) => placed.level === level)
  return Math.max(
    BOX,
    ...own.map((placed) => boxHeight(boxTexts(placed.layer, boxWidth(placed, widths)).length)),
  )
}

const depth = ({ layers }: Network): number => new Set(layers.map(({ level }) => level)).size

function drawNetwork(
  board: Board,
  { network, widths, shift }: Shifted,
  line: Line,
  { left, top }: { readonly left: number; readonly top: number },
): void {
  const { row, layers } = network
  const bottomOf = (level: number) =>
    top +
    line.height -
    FOOT -
    line.foot -
    line.boxes.slice(0, level - line.lowest).reduce((sum, box) => sum + box + line.gap, 0)
  const middle = (level: number) => bottomOf(level) - (line.boxes[level - line.lowest]! + line.gap) / 2
  const spots = layers.map((placed): Spot => {
    const width = boxWidth(placed, widths)
    return {
      ...placed,
      x: left + boxMiddle(placed, widths),
      y: middle(placed.level + shift),
      width,
      height: levelHeight({ network, widths }, placed.level),
      texts: boxTexts(placed.layer, width),
    }
  })
  const frame = { left, width: widths.frame }
  drawFrame(board, row, spots, frame, line)
  const highest = Math.min(...spots.map((spot) => spot.y - spot.height / 2))
  // Over the frame, where that reaches as high.
  const isFramed = spots.some(({ atEnd, y, height }) => !atEnd && y - height / 2 === highest)
  const title = highest - (isFramed ? 9 + line.gap / 2 : 14)
  const name = fitText(networkName(row.network), widths.total - 4, look.text)
  // Over its boxes; a name that is wider stays over its network.
  const half = textWidth(name, look.text) / 2
  const column = spots.find((spot) => spot.y - spot.height / 2 === highest)!.x
  const centre = Math.min(Math.max(column, left + half), left + widths.total - half)
  board.text(centre, title, name, { font: { size: look.text, color: look.ink } })
  const at = new Map(spots.map((spot) => [spot.layer.name, spot]))
  const lanes = tracks(network, { left, width: widths.total }, widths.padding)
  for (const edge of row.edges) {
    const [from, to] = [at.get(edge.from)!, at.get(edge.to)!]
    const [onLeft, onRight] = [network.along.left.indexOf(edge), network.along.right.indexOf(edge)]
    if (onLeft >= 0) {
      polyline(
        board,
        pathAlong(from, to, lanes.left[onLeft]!, -onLeft - 1, line.gap),
        lineStyles()[edge.kind],
      )
    } else if (onRight >= 0) {
      polyline(
        board,
        pathAlong(from, to, lanes.right[onRight]!, onRight + 1, line.gap),
        lineStyles()[edge.kind],
      )
    } else if (from === to) drawLoop(board, from, edge.kind, loopSide(network, from))
    else drawNear(board, from, to, edge.kind, line.gap)
  }
  for (const spot of spots) drawLayer(board, spot)
}

/** The frame around what is repeated at every step. */
function drawFrame(
  board: Board,
  { steps }: NetworkRow,
  spots: readonly Spot[],
  { left, width }: Pick<Area, 'left' | 'width'>,
  { gap, foot }: Line,
): void {
  const repeated = spots.filter(({ atEnd }) => !atEnd)
  if (repeated.length === 0) return
  const top = Math.min(...repeated.map(({ y, height }) => y - height / 2)) - gap / 2 + 1
  const bottom = Math.max(...repeated.map(({ y, height }) => y + height / 2)) + gap / 2 - 1 + foot
  board.box({ left, top, width, height: bottom - top }, { ...frame(), layer: 'below' })
  if (steps === undefined) return
  board.text(left + width - 3, bottom - 8, `${steps} ×`, { xanchor: 'right', font: mutedFont() })
}

function drawLayer(board: Board, { layer, x, y, width, height, texts }: Spot): void {
  board.box(
    { left: x - width / 2, top: y - height / 2, width, height },
    { fillcolor: fillOnPaper(FILLS[layer.kind]), line: { color: look.ink, width: 0.7 } },
  )
  board.text(x, y, texts.join('<br>'), { font: smallFont() })
  const gates = layer.gates?.length ? `; gates: ${layer.gates.join(', ')}` : ''
  board.hover(x, y, `${layer.label}${layer.units ? `: ${layer.units}` : ''}${gates}`)
}

/** An edge to what stands beside a layer, or upwards. */
function drawNear(board: Board, from: Spot, to: Spot, kind: NetworkEdge['kind'], gap: number): void {
  const style = lineStyles()[kind]
  if (from.level === to.level) {
    const side = to.x > from.x ? 1 : -1
    const y = from.y + (kind === 'forward' || kind === 'everyStep' ? -6 : 6)
    polyline(
      board,
      [
        [from.x + (side * from.width) / 2, y],
        [to.x - (side * to.width) / 2, y],
      ],
      style,
    )
    return
  }
  polyline(board, pathUp(from, to, gap), style)
}

/** A loop beside a layer, entering it below; above where it leads to the step before. */
function drawLoop(board: Board, { x, y, width }: Spot, kind: NetworkEdge['kind'], side: 1 | -1): void {
  const { color, dash } = lineStyles()[kind]
  const [edge, reach, turn] = [x + (side * width) / 2, 28 * side, kind === 'recurrentBackward' ? -1 : 1]
  const [start, end] = [y - 7 * turn, y + 7 * turn]
  board.curve(
    `M${edge},${start} C${edge + reach},${start - 5 * turn} ${edge + reach},${end + 5 * turn} ${edge + 6 * side},${end}`,
    { color, width: 1.1, dash },
  )
  board.arrow([edge + 7 * side, end + 0.2 * turn], [edge, end], { color, width: 1.1 })
}

/** Joined lines of any dash with a solid arrow head at the last point. */
function polyline(board: Board, points: readonly Point[], line: LineStyle): void {
  for (const [i, to] of points.slice(1, -1).entries()) board.line(points[i]!, to, line)
  const [from, to] = [points.at(-2)!, points.at(-1)!]
  const length = Math.hypot(to[0] - from[0], to[1] - from[1])
  const back = Math.min(5, length) / length
  const neck: Point = [to[0] + (from[0] - to[0]) * back, to[1] + (from[1] - to[1]) * back]
  board.line(from, neck, line)
  board.arrow(neck, to, { color: line.color, width: line.width })
}

/** What the legend explains: a kind of edge, or the frame. */
interface Key {
  readonly kind: NetworkEdge['kind'] | 'frame'
  readonly text: string
  /** How far the next key is. */
  readonly advance: number
}

/** The keys that the networks need, in lines that the page holds. */
function legendKeys(networks: readonly Network[], isNarrow: boolean, page: number): Key[][] {
  const kinds = new Set(networks.flatMap(({ row }) => row.edges.map(({ kind }) => kind)))
  const frame = isNarrow ? 'at every step' : 'repeated at every step'
  const isRepeated = networks.some(({ layers }) => layers.some(({ atEnd }) => !atEnd))
  const key = (kind: Key['kind'], text: string, sample: number): Key => ({
    kind,
    text,
    advance: sample + textWidth(text) + 12,
  })
  const all: Key[] = [
    { kind: 'forward', text: 'this step', advance: 76 },
    ...(kinds.has('everyStep') ? [key('everyStep', 'from every step', 27)] : []),
    ...(kinds.has('recurrent')
      ? [{ kind: 'recurrent' as const, text: 'to the next step', advance: 106 }]
      : []),
    ...(kinds.has('recurrentBackward') ? [key('recurrentBackward', 'to the step before', 27)] : []),
    ...(isRepeated ? [key('frame', frame, 23)] : []),
  ]
  const lines: Key[][] = [[]]
  let used = 3
  for (const one of all) {
    if (used + one.advance - 12 > page && lines.at(-1)!.length > 0) {
      lines.push([])
      used = 3
    }
    lines.at(-1)!.push(one)
    used += one.advance
  }
  return lines
}

function drawKeys(board: Board, keys: readonly Key[], y: number): void {
  let x = 3
  for (const { kind, text, advance } of keys) {
    if (kind === 'frame') board.box({ left: x, top: y - 5, width: 18, height: 10 }, frame())
    else
      polyline(
        board,
        [
          [x, y],
          [x + 22, y],
        ],
        lineStyles()[kind],
      )
    board.text(x + (kind === 'frame' ? 23 : 27), y, text, { xanchor: 'left', font: smallFont() })
    x += advance
  }
}

function describe(rows: readonly NetworkRow[]): string {
  const parts = rows.map((row) => {
    const layers = row.layers
      .filter((layer) => layer.units)
      .map(({ label, units, gates = [] }) => {
        const gated = gates.length > 0 ? ` (gates ${gates.join(', ')})` : ''
        return `${plainText(label)} ${units}${gated}`
      })
    return `${networkName(row.network)} with ${layers.join(', ')}`
  })
  return `Diagrams of recurrent networks and their layer sizes, from input to readout: ${parts.join('; ')}.`
}
