/**
 * The known name that one is most likely a slip of; null where none is near.
 *
 * @example
 * nearestName('epohcs', ['epochs', 'batchSize']) // 'epochs'
 */
export function nearestName(name: string, known: readonly string[]): string | null {
  const wanted = plain(name)
  let best: { readonly name: string; readonly distance: number } | null = null
  for (const candidate of known) {
    const distance = editsBetween(wanted, plain(candidate))
    const isNear = distance <= Math.min(3, 0.4 * Math.max(name.length, candidate.length))
    if (isNear && distance < (best?.distance ?? Number.POSITIVE_INFINITY))
      best = { name: candidate, distance }
  }
  return best?.name ?? null
}

/** Names that differ in case, hyphens and underscores alone are the same slip. */
const plain = (name: string): string => name.toLowerCase().replace(/[-_ ]/g, '')

/** How many letters have to be put in, taken away, exchanged or swapped with the next to make `b` of `a`. */
function editsBetween(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  const at = (i: number, j: number): number => rows[i]![j]!
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      rows[i]![j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (isSame ? 0 : 1),
        isSwapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
      )
    }
  return at(a.length, b.length)
}

/**
 * The nearest known name as the end of a message: ` (did you mean epochs?)`, or nothing where none is near.
 *
 * @example
 * `there is no epohcs${didYouMean('epohcs', ['epochs'])}` // 'there is no epohcs (did you mean epochs?)'
 */
export function didYouMean(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known)
  return nearest === null ? '' : ` (did you mean ${nearest}?)`
}
