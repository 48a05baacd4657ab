import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { ParameterSpec } from '../parameters.js'
import type { Trace } from './trace.js'

/**
 * A digest of a computation: of the operations that the logits depend on and how they are wired, of dropout, and of the parameters.
 * The names of layers and taps, and what is computed for nothing, do not count.
 */
export function fingerprintOf(specs: readonly ParameterSpec[], { nodes, logits }: Trace): string {
  const reached = new Set<number>()
  const waiting = [logits, ...nodes.filter(({ operation }) => operation === 'keep').map(({ id }) => id)]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue
    reached.add(id)
    waiting.push(...nodes[id]!.inputs)
  }
  // A tap passes its signal on as it is; a state of zeros depends on nothing.
  const numbers = new Map<number, number>()
  const dropouts: string[] = []
  const lines: unknown[] = []
  for (const { id, operation, inputs, shape, name, terms, attributes } of nodes) {
    if (!reached.has(id)) continue
    if (operation === 'tap') {
      numbers.set(id, numbers.get(inputs[0]!)!)
      continue
    }
    const own: unknown[] = [operation, shape, attributes ?? null]
    if (operation === 'initial') own.push([])
    else if (terms)
      own.push(
        terms.map(({ x, kernel, step, steps }) => [numbers.get(x), numbers.get(kernel), step, steps]),
        numbers.get(inputs.at(-1)!),
      )
    else own.push(inputs.map((input) => numbers.get(input)))
    if (operation === 'parameter') own.push(name)
    if (operation === 'keep') {
      if (!dropouts.includes(name!)) dropouts.push(name!)
      own.push(dropouts.indexOf(name!))
    }
    numbers.set(id, lines.length)
    lines.push(own)
  }
  const parameters = specs.map(({ name, shape, kind }) => [name, shape, kind])
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify([parameters, lines, numbers.get(logits)]))))
}
