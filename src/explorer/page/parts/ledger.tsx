import type { Ledger as Booked } from '../../shared/protocol.js'
import type { View } from '../context.js'
import { strings } from '../strings/index.js'
import { Table } from './table.js'

const { time: words } = strings

interface Part {
  readonly name: string
  readonly value: number
  readonly kind: 'item' | 'state' | 'sink'
}

/** Where all that entered went, part by part. */
export function ledgerParts({ steps, ...ledger }: Booked, items: number): Part[] {
  const width = steps.length / items
  const byItem = Array.from({ length: items }, (_, place) =>
    steps.slice(place * width, (place + 1) * width).reduce((sum, value) => sum + value, 0),
  )
  return [
    ...byItem.map((value, place): Part => ({ name: words.items(place), value, kind: 'item' })),
    { name: words.initialState, value: ledger.initialState, kind: 'state' },
    { name: words.biases, value: ledger.biases, kind: 'sink' },
    { name: words.epsilon, value: ledger.epsilon, kind: 'sink' },
    { name: words.undistributed, value: ledger.undistributed, kind: 'sink' },
    { name: words.rounding, value: ledger.rounding, kind: 'sink' },
  ]
}

/** The ledger as a bar and a table, which adds up to f(x). */
export function Ledger({ ledger, view }: { ledger: Booked; view: View }) {
  const parts = ledgerParts(ledger, view.dataset.problem.items)
  const total = parts.reduce((sum, { value }) => sum + value, 0)
  const size = parts.reduce((sum, { value }) => sum + Math.abs(value), 0) || 1
  return (
    <div class="ledger">
      <h3>{words.ledger}</h3>
      <div class="ledger-bar" role="img" aria-label={words.ledgerText(total, ledger.entered)}>
        {parts.map(({ name, value, kind }, i) => (
          <div
            key={name}
            class={`${kind} ${value < 0 ? 'negative' : ''}`}
            style={{ width: `${(100 * Math.abs(value)) / size}%`, '--place': i }}
            title={`${name}: ${strings.number(value)}`}
          />
        ))}
      </div>
      <Table
        caption={words.ledgerText(total, ledger.entered)}
        head={[words.part, words.relevance]}
        lines={[
          [words.entered, strings.number(ledger.entered)],
          ...parts.map(({ name, value }) => [name, strings.number(value)]),
          [words.total, strings.number(total)],
        ]}
      />
    </div>
  )
}
