import type { StateDescription } from './description.js'
import type { Trace, TraceNode } from './trace.js'
import { isLayer } from './wiring.js'

/** The taps of each name at numbered steps, in the order in which they are computed. */
export function tapsByName({ nodes }: Trace): Map<string, TraceNode[]> {
  const taps = new Map<string, TraceNode[]>()
  for (const node of nodes) {
    if (node.operation !== 'tap' || typeof node.step !== 'number') continue
    const own = taps.get(node.name!) ?? []
    own.push(node)
    taps.set(node.name!, own)
  }
  return taps
}

/** Whether `from` reaches `to`, without passing any node that is forbidden. */
function reaches(
  { nodes }: Trace,
  from: number,
  to: TraceNode,
  isForbidden: (node: TraceNode) => boolean,
): boolean {
  const seen = new Set<number>()
  const waiting = [...to.inputs]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === from) return true
    if (id < from || seen.has(id) || isForbidden(nodes[id]!)) continue
    seen.add(id)
    waiting.push(...nodes[id]!.inputs)
  }
  return false
}

/** The taps whose signal goes on to the next step element by element, as an LSTM's cell does. */
export function memoriesOf(trace: Trace): string[] {
  return [...tapsByName(trace)]
    .filter(([, [first, second]]) => first && second && reaches(trace, first.id, second, isLayer))
    .map(([name]) => name)
}

/**
 * The states of a network: memories, and of layers without one the signals that reach their own next step; of a network that reads
 * one step the last tap. What a cell makes of its memory element by element, as an LSTM's output, is no state of its own.
 *
 * @param steps how many steps a sequence has; a state is tapped at every one of them
 */
export function statesOf(trace: Trace, steps: number): StateDescription[] {
  const all = tapsByName(trace)
  const taps = [...all].filter(([, nodes]) => nodes.length === steps)
  const describe = ([name, nodes]: [string, TraceNode[]]): StateDescription => ({
    name,
    units: nodes[0]!.shape.at(-1)!,
  })
  if (steps === 1) return taps.slice(-1).map(describe)
  const memories = new Set(memoriesOf(trace))
  const firstMemories = [...memories].map((name) => all.get(name)![0]!)
  const isMadeOfMemory = (tap: TraceNode) =>
    firstMemories.some((memory) => reaches(trace, memory.id, tap, isLayer))
  const isMemory = ({ operation, name }: TraceNode) => operation === 'tap' && memories.has(name!)
  return taps
    .filter(([name, nodes]) => {
      if (memories.has(name)) return true
      const [first, second] = nodes as [TraceNode, TraceNode]
      return !isMadeOfMemory(first) && reaches(trace, first.id, second, isMemory)
    })
    .map(describe)
}
