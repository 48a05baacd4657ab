import type { View } from '../context.js'
import { cellKey, subjectKey } from '../state/state.js'

type Row = Readonly<Record<'network' | 'method' | 'class' | 'quantity' | 'place' | 'value', string | number>>
const COLUMNS = ['network', 'method', 'class', 'quantity', 'place', 'value'] as const

/**
 * All numbers that are seen, one a line, by the ids that the project's commands know: evidence by class, relevance by image, by step and
 * by pixel (row by row), scores, and of the explanation that is followed through time its states, gates and ledger.
 */
export function csvOf(view: View): string {
  const lines = rowsOf(view).map((row) => COLUMNS.map((column) => cellOf(row[column])).join(','))
  return `${[COLUMNS.join(','), ...lines].join('\n')}\n`
}

function rowsOf({ state, results, dataset }: View): Row[] {
  return state.subjects.flatMap((subject): Row[] => {
    const network = subjectKey(subject)
    const logits = results.logits.get(network) ?? []
    const evidence = logits.map(
      (value, k): Row => ({
        network,
        method: '',
        class: dataset.classes[k]!,
        quantity: 'evidence',
        place: k,
        value,
      }),
    )
    const explained = state.methods.flatMap((method): Row[] => {
      const cell = results.cells.get(cellKey(subject, method))
      if (cell === undefined) return []
      const about = { network, method, class: dataset.classes[cell.target]! }
      const list = (quantity: string, values: ArrayLike<number>, start = 1): Row[] =>
        Array.from(values, (value, i) => ({ ...about, quantity, place: i + start, value }))
      const { ledger, states = [], gates = [] } = cell.passage ?? {}
      return [
        ...Object.entries(cell.scores ?? {}).map(
          ([id, value]): Row => ({ ...about, quantity: id, place: '', value }),
        ),
        ...list('relevance of image', cell.items),
        ...list('relevance of step', cell.steps),
        ...states.flatMap(({ name, totals }) => list(`relevance in ${name}`, totals)),
        ...gates.flatMap(({ on, isFromBefore, means }) =>
          list(`gate on ${on}${isFromBefore ? ' from before' : ''}`, means),
        ),
        ...Object.entries(ledger ?? {}).flatMap(([part, value]): Row[] =>
          typeof value === 'number' ? [{ ...about, quantity: `ledger: ${part}`, place: '', value }] : [],
        ),
        ...list('relevance of pixel', cell.relevance, 0),
      ]
    })
    return [...evidence, ...explained]
  })
}

const cellOf = (value: string | number): string =>
  typeof value === 'number' || !/[",\n]/.test(value) ? String(value) : `"${value.replaceAll('"', '""')}"`
