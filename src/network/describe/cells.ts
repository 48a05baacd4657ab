import type { CellDescription } from './description.js'
import { memoriesOf, tapsByName } from './states.js'
import type { Trace } from './trace.js'
import type { Wiring } from './wiring.js'

/**
 * The layers that gates tie together, as groups: a gate belongs to the cell of what it multiplies at its step, or handed on from the
 * step before, such as the state that a GRU resets.
 */
export function cellsOf(trace: Trace, wiring: Wiring): CellDescription[] {
  const group = new Map<string, Set<string>>()
  const join = (layers: readonly string[]) => {
    const all = new Set(layers.flatMap((layer) => [...(group.get(layer) ?? [layer])]))
    for (const layer of all) group.set(layer, all)
  }
  for (const node of trace.nodes) {
    if (node.operation !== 'gate') continue
    const all = [...wiring.latestSourcesOf(node)].filter(([layer]) => isDense(wiring, layer))
    // A layer of all steps at once is no part of a cell that goes on step by step.
    const stepwise = all.filter(([layer]) => wiring.layers.get(layer)!.length > 1)
    const latest = stepwise.length > 0 ? stepwise : all
    const now = Math.max(...latest.map(([, index]) => index))
    join(latest.filter(([, index]) => index >= now - 1).map(([layer]) => layer))
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
function isCarried(trace: Trace, id: number, signals: readonly number[]): boolean {
  return signals.some((signal) => {
    if (signal === id) return true
    const { operation, inputs } = trace.nodes[signal]!
    if (operation === 'tap' || operation === 'keep') return isCarried(trace, id, inputs)
    return false
  })
}
