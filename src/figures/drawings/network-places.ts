import { networkName } from '../kit/names.js'
import { isRecurrent, type NetworkEdge, type NetworkLayer, type NetworkRow } from './network-row.js'

/** Where a layer stands among the others, before lengths are known. */
export interface PlacedLayer {
  readonly layer: NetworkLayer
  /** From 0 at the bottom. */
  readonly level: number
  /** The chain that it belongs to, from 0 at the left. */
  readonly lane: number
  /** The first and the last chain that it is centred over. */
  readonly span: readonly [first: number, last: number]
  /** 0 for a layer of the chain, 1 or more for one that stands beside. */
  readonly side: number
  readonly atEnd: boolean
}

interface Wiring {
  readonly row: NetworkRow
  /** Layers of chains, in an order in which feeders come first. */
  readonly chain: readonly string[]
  /** What feeds a layer within a step, and what it feeds, among the layers of chains. */
  readonly feeders: ReadonlyMap<string, readonly string[]>
  readonly followers: ReadonlyMap<string, readonly string[]>
  /** Layers that stand beside others, with the layer that feeds them. */
  readonly beside: ReadonlyMap<string, string>
  readonly atEnd: ReadonlySet<string>
}

/**
 * Gives each layer a place: information flows upwards, chains that run side by side get lanes of their own, and what several lanes
 * share is centred over them.
 *
 * @throws Error naming the network whose edges within a step run in a circle
 */
export function placeLayers(row: NetworkRow): PlacedLayer[] {
  const wiring = wiringOf(row)
  const levels = levelsOf(wiring)
  const lanes = lanesOf(wiring, levels)
  const sides = new Map<string, number>()
  return row.layers.map((layer): PlacedLayer => {
    const { name } = layer
    const feeder = wiring.beside.get(name)
    const lane = lanes.lane.get(feeder ?? name)!
    const level = feeder === undefined ? levels.get(name)! : (layer.row ?? levels.get(feeder)!)
    const side = feeder === undefined ? 0 : (sides.get(`${lane} ${level}`) ?? 0) + 1
    if (side > 0) sides.set(`${lane} ${level}`, side)
    const span = feeder === undefined ? lanes.span.get(name)! : ([lane, lane] as const)
    return { layer, level, lane, span, side, atEnd: wiring.atEnd.has(name) }
  })
}

function wiringOf(row: NetworkRow): Wiring {
  const within = row.edges.filter((edge) => !isRecurrent(edge) && edge.from !== edge.to)
  const beside = besideOf(row, within)
  const names = row.layers.map(({ name }) => name).filter((name) => !beside.has(name))
  const isOfChain = (edge: NetworkEdge) => !beside.has(edge.from) && !beside.has(edge.to)
  const chainEdges = within.filter(isOfChain)
  const feeders = new Map(
    names.map((name) => [name, distinct(chainEdges.filter(({ to }) => to === name).map(({ from }) => from))]),
  )
  const followers = new Map(
    names.map((name) => [name, distinct(chainEdges.filter(({ from }) => from === name).map(({ to }) => to))]),
  )
  const chain = inFlow(row, names, feeders)
  const atEnd = new Set<string>()
  for (const name of chain) {
    const { atEnd: told, kind } = row.layers.find((layer) => layer.name === name)!
    const follows = feeders.get(name)!.some((feeder) => atEnd.has(feeder))
    if (told ?? (kind === 'readout' || follows)) atEnd.add(name)
  }
  return { row, chain, feeders, followers, beside, atEnd }
}

/** The layers that only reach other steps, each with what feeds it. */
function besideOf({ layers, edges }: NetworkRow, within: readonly NetworkEdge[]): Map<string, string> {
  const beside = new Map<string, string>()
  for (const { name, column, kind } of layers) {
    const feeder = within.find(({ to, from }) => to === name && !beside.has(from))?.from
    const leaves = edges.some((edge) => edge.from === name && edge.to !== name && isRecurrent(edge))
    const isDeadEnd = leaves && kind !== 'readout' && !within.some(({ from }) => from === name)
    if (feeder !== undefined && (column === undefined ? isDeadEnd : column > 0)) beside.set(name, feeder)
  }
  return beside
}

/** The layers in an order in which those that feed a layer come before it. */
function inFlow(
  { network }: NetworkRow,
  names: readonly string[],
  feeders: ReadonlyMap<string, readonly string[]>,
): string[] {
  const done = new Set<string>()
  while (done.size < names.length) {
    const next = names.find(
      (name) => !done.has(name) && feeders.get(name)!.every((feeder) => done.has(feeder)),
    )
    if (next === undefined) {
      const left = names.filter((name) => !done.has(name))
      throw new Error(
        `edges of ${networkName(network)} run in a circle within a step, through ${left.join(', ')}; edges to another step are 'recurrent'`,
      )
    }
    done.add(next)
  }
  return [...done]
}

/** One above the highest feeder; what runs at the end stands above all that is repeated. */
function levelsOf({ row, chain, feeders, atEnd }: Wiring): Map<string, number> {
  const levels = new Map<string, number>()
  const give = (name: string, lowest: number) => {
    const told = row.layers.find((layer) => layer.name === name)!.row
    const above = feeders.get(name)!.map((feeder) => (levels.get(feeder) ?? -1) + 1)
    levels.set(name, told ?? Math.max(lowest, ...above))
  }
  for (const name of chain) if (!atEnd.has(name)) give(name, 0)
  const repeated = Math.max(-1, ...levels.values())
  for (const name of chain) if (atEnd.has(name)) give(name, repeated + 1)
  return levels
}

interface Lanes {
  readonly lane: Map<string, number>
  readonly span: Map<string, readonly [number, number]>
}

function lanesOf(wiring: Wiring, levels: ReadonlyMap<string, number>): Lanes {
  const { chain, feeders, followers } = wiring
  const order: object[] = []
  const own = new Map<string, object>()
  const tip = new Map<object, string>()
  for (const name of chain) {
    const from = feeders.get(name)!
    const free = from.find((feeder) => tip.get(own.get(feeder)!) === feeder)
    const lane = free === undefined ? {} : own.get(free)!
    if (free === undefined) {
      // Right of the lanes that its feeder already opened.
      const siblings = from
        .flatMap((feeder) => [feeder, ...followers.get(feeder)!])
        .flatMap((other) => own.get(other) ?? [])
      const after =
        siblings.length > 0 ? Math.max(...siblings.map((lane) => order.indexOf(lane))) : order.length - 1
      order.splice(after + 1, 0, lane)
    }
    own.set(name, lane)
    tip.set(lane, name)
  }
  const lane = new Map(chain.map((name) => [name, order.indexOf(own.get(name)!)]))
  return { lane, span: spansOf(wiring, levels, lane) }
}

/** The lanes that each layer is centred over: those that it feeds or that feed it, as far as no other layer stands there. */
function spansOf(
  { chain, feeders, followers }: Wiring,
  levels: ReadonlyMap<string, number>,
  lane: ReadonlyMap<string, number>,
): Map<string, readonly [number, number]> {
  const span = new Map<string, readonly [number, number]>()
  const hull = (lanes: readonly number[]) => [Math.min(...lanes), Math.max(...lanes)] as const
  for (const name of chain) {
    const own = lane.get(name)!
    const [from, to] = [feeders.get(name)!, followers.get(name)!]
    const merged = from.length > 1 ? from : []
    const opened = to.length > 1 ? to.filter((follower) => feeders.get(follower)!.length === 1) : []
    const wide = hull([own, ...[...merged, ...opened].map((other) => lane.get(other)!)])
    // What only goes on from one layer keeps its place.
    const [single] = from
    const goesOn = from.length === 1 && followers.get(single!)!.length === 1
    span.set(name, goesOn ? hull([...wide, ...span.get(single!)!]) : wide)
  }
  for (const name of [...chain].reverse()) {
    const [follower, ...others] = followers.get(name)!
    if (follower !== undefined && others.length === 0 && feeders.get(follower)!.length === 1)
      span.set(name, hull([...span.get(name)!, ...span.get(follower)!]))
  }
  for (const name of chain) {
    const [first, last] = span.get(name)!
    const isCrossed = chain.some((other) => {
      const [otherFirst, otherLast] = span.get(other)!
      return (
        other !== name && levels.get(other) === levels.get(name) && otherFirst <= last && first <= otherLast
      )
    })
    if (isCrossed) span.set(name, [lane.get(name)!, lane.get(name)!])
  }
  return span
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)]
