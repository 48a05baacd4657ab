import type { Verdict } from './protocol.js'

/** Which class exactly so many items have, and which items those are; nothing is relevant where no class or several do. */
export function majorityOf(labels: readonly (number | null)[], majority: number): Verdict {
  const found = [...new Set(labels)].filter(
    (label) => label !== null && labels.filter((other) => other === label).length === majority,
  )
  const label = found.length === 1 ? found[0]! : null
  return { labels, label, relevant: labels.map((other) => label !== null && other === label) }
}
