import type { Point } from '../kit/board.js'
import type { Area } from '../kit/page.js'
import { fitText, textWidth, wrapText } from '../kit/text-width.js'
import { type PlacedLayer, placeLayers } from './network-places.js'
import { isRecurrent, type NetworkEdge, type NetworkLayer, type NetworkRow } from './network-row.js'

/** Lengths in CSS pixels: a box of two lines, a further line, the gap between levels, and the same where edges bend in it. */
export const [BOX, LINE, GAP, BEND_GAP] = [25, 13, 11, 19]

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
  readonly lanes: readonly LaneWidths[]
  /** What the frame of repeated layers takes. */
  readonly frame: number
  /** Whether the network is drawn as all in a row of simple ones are. */
  readonly isPlain: boolean
}

interface LaneWidths {
  /** The room of a loop left of the chain, where layers stand right of it. */
  readonly before: number
  readonly trunk: number
  /** The room of a loop right of the chain. */
  readonly room: number
  readonly sides: readonly number[]
}

/** The widths within a panel of the common width, or those the network needs where it does not fit, at most `most`. */
export function widthsOf(network: Network, common: number, most: number): Widths {
  const plain = plainWidths(network, common)
  if (plain) return plain
  const { layers, along } = network
  const count = Math.max(...layers.map(({ span }) => span[1])) + 1
  const padding = 5
  const needed = (own: readonly PlacedLayer[]) => Math.max(40, ...own.map(({ layer }) => boxNeed(layer)))
  const chains = layers.filter(({ side, span }) => side === 0 && span[0] === span[1])
  // Chains of one width stand evenly under what they share.
  const trunk = needed(chains)
  const lanes = Array.from({ length: count }, (_, lane): LaneWidths => {
    const beside = layers.filter((placed) => placed.lane === lane && placed.side > 0)
    const sides = [...new Set(beside.map(({ side }) => side))].sort((a, b) => a - b)
    const loops = chains.filter((placed) => placed.lane === lane && hasLoop(network, placed))
    return {
      before: loops.some((placed) => loopSide(network, placed) < 0) ? LOOP : 0,
      trunk,
      room: loops.some((placed) => loopSide(network, placed) > 0) ? LOOP : 0,
      sides: sides.map((side) => needed(beside.filter((placed) => placed.side === side))),
    }
  })
  const left = along.left.length * TRACK
  const right = along.right.length * TRACK
  const fixed =
    2 * padding +
    left +
    right +
    (count - 1) * LANE_GAP +
    lanes.reduce((sum, { before, room, sides }) => sum + before + room + sides.length * BETWEEN, 0)
  const boxes = lanes.reduce((sum, { trunk, sides }) => sum + trunk + sides.reduce((a, b) => a + b, 0), 0)
  const scale = Math.min(1, (most - fixed) / boxes)
  const widths = {
    total: Math.min(most, fixed + scale * boxes),
    padding,
    left,
    lanes: lanes.map((lane) => ({
      ...lane,
      trunk: Math.floor(lane.trunk * scale),
      sides: lane.sides.map((side) => Math.floor(side * scale)),
    })),
    frame: 0,
    isPlain: false,
  }
  // What is centred over several chains may reach further than they do.
  const reach = layers.map((placed) => {
    const loop = hasLoop(network, placed) && placed.span[0] < placed.span[1] ? LOOP : 0
    return boxMiddle(placed, widths) + boxWidth(placed, widths) / 2 + loop + padding + right
  })
  const total = Math.min(most, Math.max(widths.total, ...reach))
  return { ...widths, total, frame: total }
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
    return Math.max(textWidth(label), textWidth(units)) <= (placed.side > 0 ? side : trunk) + 1.5
  })
  if (!fits || (beside && hasSelf)) return null
  return {
    total,
    padding,
    left: 0,
    lanes: [{ before: 0, trunk, room: beside ? gap - BETWEEN : 0, sides: beside ? [side] : [] }],
    // Without a layer beside it the frame leaves room for the loop of a cell.
    frame: beside ? total : trunk + padding + LOOP,
    isPlain: true,
  }
}

const hasLoop = ({ row }: Network, { layer }: PlacedLayer): boolean =>
  row.edges.some(({ from, to }) => from === to && from === layer.name)

/** On which side of its box a layer's loop is: 1 for right, −1 for left where other layers stand right of it. */
export const loopSide = ({ layers }: Pick<Network, 'layers'>, { lane, level, side }: PlacedLayer): 1 | -1 =>
  layers.some((other) => other.lane === lane && other.level === level && other.side > side) ? -1 : 1

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
export function boxMiddle({ side, lane, span }: PlacedLayer, { lanes, padding, left }: LaneLengths): number {
  const laneWidth = ({ before, trunk, room, sides }: LaneWidths) =>
    before + trunk + room + sides.reduce((a, b) => a + b + BETWEEN, 0) + LANE_GAP
  const start = (lane: number) =>
    padding + left + lanes[lane]!.before + lanes.slice(0, lane).reduce((sum, own) => sum + laneWidth(own), 0)
  const trunkMiddle = (lane: number) => start(lane) + lanes[lane]!.trunk / 2
  if (side === 0) return (trunkMiddle(span[0]) + trunkMiddle(span[1])) / 2
  const { trunk, room, sides } = lanes[lane]!
  const beside = sides.slice(0, side - 1).reduce((a, b) => a + b + BETWEEN, 0)
  return start(lane) + trunk + room + BETWEEN + beside + sides[side - 1]! / 2
}

type LaneLengths = Pick<Widths, 'lanes' | 'padding' | 'left'>

/** The height of a box of so many lines. */
export const boxHeight = (lines: number): number => BOX + LINE * Math.max(0, lines - 2)

/**
 * The points of an edge that goes around: up from its layer, along the side, and from under into the layer that it reaches.
 *
 * @param track where it runs along the side
 * @param number 1, 2, … for edges along the right, −1, −2, … for those along the left; they stay away from each other
 */
export function pathAlong(from: Spot, to: Spot, track: number, number: number, gap: number): Point[] {
  const apart = Math.sign(number) * Math.min(4 + 4 * Math.abs(number), from.width / 2 - 3, to.width / 2 - 3)
  const bend = BENDS[(Math.abs(number) - 1) % BENDS.length]!
  const above = from.y - from.height / 2 - gap / 2 + bend
  const under = to.y + to.height / 2 + gap / 2 + bend
  return [
    [from.x + apart, from.y - from.height / 2],
    [from.x + apart, above],
    [track, above],
    [track, under],
    [to.x + apart, under],
    [to.x + apart, to.y + to.height / 2],
  ]
}

/** How far from the middle of a gap edges bend that go around. */
const BENDS = [1.5, -2, 4.5, -5]

/** The points of an edge upwards: straight where the boxes stand over each other, else with a bend in the gap under the upper one. */
export function pathUp(from: Spot, to: Spot, gap: number): Point[] {
  const [start, end] = [from.y - from.height / 2, to.y + to.height / 2]
  const left = Math.max(from.x - from.width / 2, to.x - to.width / 2)
  const right = Math.min(from.x + from.width / 2, to.x + to.width / 2)
  if (Math.abs(from.x - to.x) < 2)
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
