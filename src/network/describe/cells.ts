import type { CellDescription } from './description.js'
import { memoriesOf, tapsByName } from './states.js'
import type { Trace } from './trace.js'
import type { Wiring } from './wiring.js'

/** The layers whose outputs a gate multiplies with one another at the same step, as groups. */
export function cellsOf(trace: Trace, wiring: Wiring): CellDescription[] {
  const group = new Map<string, Set<string>>()
  const join = (layers: readonly string[]) => {
    const all = new Set(layers.flatMap((layer) => [...(group.get(layer) ?? [layer])]))
    for (const layer of all) group.set(layer, all)
  }
  for (const node of trace.nodes) {
    if (node.operation !== 'gate') continue
    const latest = [...wiring.latestSourcesOf(node)].filter(([layer]) => isDense(wiring, layer))
    const now = Math.max(...latest.map(([, index]) => index))
    join(latest.filter(([, index]) => index === now).map(([layer]) => layer))
  }
  const memories = memoriesOf(trace)
  const taps = tapsByName(trace)
  const order = [...wiring.layers.keys()]
  return [...new Set(group.values())].map((members): CellDescription => {
    const layers = order.filter((layer) => members.has(layer))
    const memory = memories.find((name) => {
      const last = taps.get(name)!.at(-1)!
      return wiring.sourcesOf(last.id).some(({ layer }) => members.has(layer))
    })
    const tap = memory === undefined ? undefined : taps.get(memory)!.at(0)
    const isHandedOn =
      tap !== undefined &&
      layers.some((layer) =>
        wiring.layers.get(layer)!.some((node) => isCarried(trace, tap.id, wiring.signalsOf(node))),
      )
    return {
      layers,
      units:
        tap?.shape.at(-1) ?? Math.min(...layers.map((layer) => wiring.layers.get(layer)![0]!.shape.at(-1)!)),
      memory: memory ?? null,
      kind: tap !== undefined && !isHandedOn ? 'lstm' : 'gated',
    }
  })
}

const isDense = (wiring: Wiring, layer: string): boolean =>
  wiring.layers.get(layer)?.[0]?.operation === 'affine'

/** Whether one of the signals is the node itself, through taps or dropout at most. */
function isCarried({ nodes }: Trace, id: number, signals: readonly number[]): boolean {
  return signals.some((signal) => {
    if (signal === id) return true
    const { operation, inputs } = nodes[signal]!
    if (operation === 'tap' || operation === 'keep') return isCarried({ nodes, logits: 0 }, id, inputs)
    return false
  })
}
