import { display } from './display.js'
import { formatNumber } from './format-number.js'

/** The output in which an executed notebook keeps recorded numbers; viewers do not know it and show the text beside it. */
export const recordMimeType = 'application/vnd.executable-thesis.record+json'

/**
 * Records the numbers that a run of the notebook comes to, by name, and shows them in one line. They stay in the executed notebook, where
 * `npm run sweep` and `npm run compare` find them; a name that is recorded again takes the later number.
 *
 * @param numbers such as `{ 'test accuracy': 0.98 }`, in the order in which tables show them; what is not finite, such as the loss of a training that diverged, is kept as such
 * @throws RangeError when there is none, a name is empty or a value is no number
 */
export function record(numbers: Readonly<Record<string, number>>): void {
  const entries = Object.entries(numbers)
  if (entries.length === 0) throw new RangeError('record needs at least one number, as in { accuracy: 0.98 }')
  for (const [name, value] of entries) {
    if (name.trim() === '') throw new RangeError('a recorded number needs a name')
    if (typeof value !== 'number')
      throw new RangeError(`${name} is ${JSON.stringify(value)}: a number is needed`)
  }
  display({
    // A list, since notebooks are saved with sorted keys. JSON has no word for what is not finite.
    [recordMimeType]: {
      numbers: entries.map(([name, value]) => ({
        name,
        value: Number.isFinite(value) ? value : String(value),
      })),
    },
    'text/plain': entries.map(([name, value]) => `${name} ${formatNumber(value)}`).join(' · '),
  })
}
