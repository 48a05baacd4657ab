import type { Point } from '../kit/board.js'
import type { Area } from '../kit/page.js'
import { fitText, textWidth, wrapText } from '../kit/text-width.js'
import { type PlacedLayer, placeLayers } from './network-places.js'
import { isRecurrent, type NetworkEdge, type NetworkLayer, type NetworkRow } from './network-row.js'

/** Lengths in CSS pixels: a box of two lines, a further line, the gap between levels, and the same where edges bend in it. */
export const [BOX, LINE, GAP, BEND_GAP] = [25, 11, 11, 19]

/** What a loop takes beside its box, and the room of an edge that runs along the side. */
const [LOOP, TRACK] = [34, 6]
const [BETWEEN, LANE_GAP, LONGEST] = [12, 12, 116]

/** A network with its layers' places, before it is set on a page. */
export interface Network {
  readonly row: NetworkRow
  readonly layers: readonly PlacedLayer[]
  /** Edges that neither go straight up nor to what stands beside: along the left, and along the right. */
  readonly along: { readonly left: readonly NetworkEdge[]; readonly right: readonly NetworkEdge[] }
}

/** A network's layers and edges as they are laid out. */
export function networkOf(row: NetworkRow): Network {
  const layers = placeLayers(row)
  const at = new Map(layers.map((placed) => [placed.layer.name, placed]))
  const far = row.edges.filter(
    (edge) => edge.from !== edge.to && !isNear(at.get(edge.from)!, at.get(edge.to)!, edge, layers),
  )
  return {
    row,
    layers,
    along: { left: far.filter((edge) => !isRecurrent(edge)), right: far.filter(isRecurrent) },
  }
}

/** Whether an edge can be drawn without going around other layers. */
function isNear(
  from: PlacedLayer,
  to: PlacedLayer,
  edge: NetworkEdge,
  layers: readonly PlacedLayer[],
): boolean {
  if (from.lane === to.lane && from.level === to.level) return Math.abs(from.side - to.side) === 1
  if (isRecurrent(edge) || from.side + to.side > 0 || to.level <= from.level) return false
  const [first, last] = [Math.min(from.span[0], to.span[0]), Math.max(from.span[1], to.span[1])]
  const between = layers.filter(({ level, side }) => side === 0 && level > from.level && level < to.level)
  return !between.some(({ span }) => span[0] <= last && first <= span[1])
}

/** How wide the layers of a network are drawn, and how wide it is in all. */
export interface Widths {
  readonly total: number
  readonly padding: number
  /** The room of edges along the left. */
  readonly left: number
  readonly lanes: readonly {
    readonly trunk: number
    readonly room: number
    readonly sides: readonly number[]
  }[]
  /** What the frame of repeated layers takes. */
  readonly frame: number
  /** Whether the network is drawn as all in a row of simple ones are. */
  readonly isPlain: boolean
}

/** The widths within a panel of the common width, or those the network needs where it does not fit, at most `most`. */
export function widthsOf(network: Network, common: number, most: number): Widths {
  const plain = plainWidths(network, common)
  if (plain) return plain
  const { layers, along } = network
  const count = Math.max(...layers.map(({ span }) => span[1])) + 1
  const padding = 5
  const needed = (own: readonly PlacedLayer[]) => Math.max(40, ...own.map(({ layer }) => boxNeed(layer)))
  const lanes = Array.from({ length: count }, (_, lane) => {
    const own = layers.filter((placed) => placed.lane === lane)
    const chain = own.filter(({ side, span }) => side === 0 && span[0] === span[1])
    const sides = [1, 2, 3, 4]
      .map((side) => own.filter((placed) => placed.side === side))
      .filter((list) => list.length > 0)
    return { trunk: needed(chain), room: hasLoop(network, lane) ? LOOP : 0, sides: sides.map(needed) }
  })
  const left = along.left.length * TRACK
  const fixed =
    2 * padding +
    left +
    along.right.length * TRACK +
    (count - 1) * LANE_GAP +
    lanes.reduce((sum, { room, sides }) => sum + room + sides.length * BETWEEN, 0)
  const boxes = lanes.reduce((sum, { trunk, sides }) => sum + trunk + sides.reduce((a, b) => a + b, 0), 0)
  const shared = Math.max(
    0,
    ...layers.filter(({ span }) => span[0] < span[1]).map(({ layer }) => boxNeed(layer)),
  )
  const scale = Math.min(1, (most - fixed) / boxes)
  const total = Math.min(most, Math.max(fixed + scale * boxes, shared + 2 * padding))
  return {
    total,
    padding,
    left,
    lanes: lanes.map(({ trunk, room, sides }) => ({
      trunk: Math.floor(trunk * scale),
      room,
      sides: sides.map((side) => Math.floor(side * scale)),
    })),
    frame: total,
    isPlain: false,
  }
}

/** One chain with at most one layer beside each: half of a panel for the chain; null where that does not hold the network. */
function plainWidths({ layers, along, row }: Network, total: number): Widths | null {
  const isSimple =
    layers.every(
      ({ lane, side, span, layer }) => lane === 0 && side <= 1 && span[1] === 0 && !layer.gates?.length,
    ) && along.left.length + along.right.length === 0
  if (!isSimple) return null
  const beside = layers.some(({ side }) => side > 0)
  const hasSelf = row.edges.some(({ from, to }) => from === to)
  const padding = total < 120 ? 3 : 5
  const gap = Math.round(total * 0.1)
  const inner = total - 2 * padding
  const trunk = Math.round(inner * 0.48)
  const side = inner - trunk - gap
  const fits = layers.every((placed) => {
    const { label, units } = placed.layer
    return Math.max(textWidth(label), textWidth(units)) <= (placed.side > 0 ? side : trunk) + 2
  })
  if (!fits || (beside && hasSelf)) return null
  return {
    total,
    padding,
    left: 0,
    lanes: [{ trunk, room: beside ? gap - BETWEEN : 0, sides: beside ? [side] : [] }],
    // Without a layer beside it the frame leaves room for the loop of a cell.
    frame: beside ? total : trunk + padding + LOOP,
    isPlain: true,
  }
}

const hasLoop = ({ layers, row }: Network, lane: number): boolean =>
  layers.some(
    (placed) =>
      placed.lane === lane && row.edges.some(({ from, to }) => from === to && from === placed.layer.name),
  )

/** How wide a box is that holds a layer's texts. */
const boxNeed = ({ label, units, gates = [] }: NetworkLayer): number =>
  Math.min(LONGEST, Math.max(textWidth(label), textWidth(units), textWidth(gates.join(', '))) + 10)

/** A layer with its place on the board. */
export interface Spot extends PlacedLayer {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** What is written into the box: the label in lines, units, gates. */
  readonly texts: readonly string[]
}

/** The lines that a layer's texts need in a box of a width; the units follow the label, gates the units. */
export function boxTexts({ label, units, gates = [] }: NetworkLayer, width: number): string[] {
  const room = width + 2
  const own =
    textWidth(label) <= room
      ? [label]
      : wrapText(label, room - 4)
          .split('<br>')
          .slice(0, 2)
  const cut = own.length > 1 && own.join(' ').length < label.length ? [own[0]!, `${own[1]}…`] : own
  return [
    ...cut.map((line) => (textWidth(line) <= room ? line : fitText(line, room - 4))),
    ...(units ? [`<b>${fitText(units, room)}</b>`] : []),
    ...(gates.length > 0
      ? wrapText(gates.join(', '), room - 4)
          .split('<br>')
          .map((line) => fitText(line, room - 4))
      : []),
  ]
}

/** The width of a layer's box. */
export function boxWidth(
  { side, lane, span, layer }: PlacedLayer,
  { lanes, total, padding }: Widths,
): number {
  if (side > 0) return lanes[lane]!.sides[side - 1]!
  if (span[0] === span[1]) return lanes[lane]!.trunk
  return Math.min(
    total - 2 * padding,
    Math.max(boxNeed(layer), ...lanes.slice(span[0], span[1] + 1).map(({ trunk }) => trunk)),
  )
}

/** The middle of a layer's box, from the left edge of the network. */
export function boxMiddle({ side, lane, span }: PlacedLayer, { lanes, padding, left }: Widths): number {
  const start = (lane: number) =>
    padding +
    left +
    lanes
      .slice(0, lane)
      .reduce(
        (sum, { trunk, room, sides }) =>
          sum + trunk + room + sides.reduce((a, b) => a + b + BETWEEN, 0) + LANE_GAP,
        0,
      )
  const trunkMiddle = (lane: number) => start(lane) + lanes[lane]!.trunk / 2
  if (side === 0) return (trunkMiddle(span[0]) + trunkMiddle(span[1])) / 2
  const { trunk, room, sides } = lanes[lane]!
  const before = sides.slice(0, side - 1).reduce((a, b) => a + b + BETWEEN, 0)
  return start(lane) + trunk + room + BETWEEN + before + sides[side - 1]! / 2
}

/** The height of a box of so many lines. */
export const boxHeight = (lines: number): number => BOX + LINE * Math.max(0, lines - 2)

/**
 * The points of an edge that goes around: up from its layer, along the side, and from under into the layer that it reaches.
 *
 * @param track where it runs along the side
 * @param offset how far from the middle of the boxes, and in the gaps, it stays away from other edges
 */
export function pathAlong(from: Spot, to: Spot, track: number, offset: number, gap: number): Point[] {
  const shift = Math.sign(offset) * Math.min(Math.abs(offset), from.width / 2 - 3, to.width / 2 - 3)
  const above = from.y - from.height / 2 - gap / 2 + offset / 4
  const under = to.y + to.height / 2 + gap / 2 + 1 - offset / 4
  return [
    [from.x + shift, from.y - from.height / 2],
    [from.x + shift, above],
    [track, above],
    [track, under],
    [to.x + shift, under],
    [to.x + shift, to.y + to.height / 2],
  ]
}

/** The points of an edge upwards: straight where the boxes stand over each other, else with a bend in the gap under the upper one. */
export function pathUp(from: Spot, to: Spot, gap: number): Point[] {
  const [start, end] = [from.y - from.height / 2, to.y + to.height / 2]
  const left = Math.max(from.x - from.width / 2, to.x - to.width / 2)
  const right = Math.min(from.x + from.width / 2, to.x + to.width / 2)
  if (from.x === to.x)
    return [
      [from.x, start],
      [to.x, end],
    ]
  if (right - left > 10)
    return [
      [(left + right) / 2, start],
      [(left + right) / 2, end],
    ]
  const bend = end + gap / 2
  return [
    [from.x, start],
    [from.x, bend],
    [to.x, bend],
    [to.x, end],
  ]
}

/** Where the edges along the sides of a network run. */
export function tracks({ along }: Network, area: Pick<Area, 'left' | 'width'>, padding: number) {
  return {
    left: along.left.map((_, i) => area.left + padding + TRACK * i),
    right: along.right.map((_, i) => area.left + area.width - padding - TRACK * i),
  }
}
