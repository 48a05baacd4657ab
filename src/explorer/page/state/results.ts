import type { Cell, Question, Reply, Verdict } from '../../shared/protocol.js'
import { cellKey, subjectKey } from './state.js'

/** What the worker has found so far; what it was asked last takes the place of what was there, part by part. */
export interface Results {
  readonly verdict: Verdict | null
  /** By subject. */
  readonly logits: ReadonlyMap<string, readonly number[]>
  /** By subject and method. */
  readonly cells: ReadonlyMap<string, Cell>
  /** Why there is no explanation, by subject and method. */
  readonly refused: ReadonlyMap<string, string>
  /** Why a network is not there, by dataset and subject. */
  readonly unloaded: ReadonlyMap<string, string>
  /** How long the last answer took; null before the first. */
  readonly milliseconds: number | null
  /** The dataset that the results are of. */
  readonly dataset: string | null
}

export const NO_RESULTS: Results = {
  verdict: null,
  logits: new Map(),
  cells: new Map(),
  refused: new Map(),
  unloaded: new Map(),
  milliseconds: null,
  dataset: null,
}

export const unloadedKey = (dataset: string, subject: Question['subjects'][number]): string =>
  `${dataset} ${subjectKey(subject)}`

/** The results with a reply to a question. */
export function withReply(before: Results, reply: Reply, question: Question | null): Results {
  if (reply.kind === 'unloaded')
    return {
      ...before,
      unloaded: withEntry(before.unloaded, unloadedKey(reply.dataset, reply.subject), reply.why),
    }
  if (question === null) return before
  const results =
    before.dataset === question.dataset
      ? before
      : { ...NO_RESULTS, unloaded: before.unloaded, dataset: question.dataset }
  switch (reply.kind) {
    case 'loaded':
      return {
        ...results,
        unloaded: withoutEntry(results.unloaded, unloadedKey(reply.dataset, reply.subject)),
      }
    case 'verdict':
      return { ...results, verdict: reply.verdict }
    case 'logits':
      return {
        ...results,
        logits: withEntry(results.logits, subjectKey(question.subjects[reply.subject]!), reply.logits),
      }
    case 'cell': {
      const key = cellKey(question.subjects[reply.cell.subject]!, reply.cell.method)
      return {
        ...results,
        cells: withEntry(results.cells, key, reply.cell),
        refused: withoutEntry(results.refused, key),
      }
    }
    case 'refused': {
      const key = cellKey(question.subjects[reply.subject]!, reply.method)
      return {
        ...results,
        cells: withoutEntry(results.cells, key),
        refused: withEntry(results.refused, key, reply.why),
      }
    }
    case 'done':
      return { ...results, milliseconds: reply.milliseconds }
    default:
      return results
  }
}

const withEntry = <Value>(map: ReadonlyMap<string, Value>, key: string, value: Value) =>
  new Map(map).set(key, value)

function withoutEntry<Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  if (!map.has(key)) return map
  const rest = new Map(map)
  rest.delete(key)
  return rest
}
