/**
 * Reads what a reader typed for a whole number from 0 to `last`.
 *
 * @returns the number, or why it is none, as a sentence
 */
export function readWholeNumber(typed: string, last: number): number | string {
  const text = typed.trim()
  const range = `there are 0 to ${last}`
  if (text === '') return `A whole number is missing; ${range}.`
  if (/^-\d+$/.test(text)) return `${text} is too small; ${range}.`
  if (!/^\d+$/.test(text)) return `“${text}” is no whole number; ${range}.`
  return Number(text) > last ? tooLarge(text, last) : Number(text)
}

/** Why a number cannot be chosen any more, such as after the choice of a smaller dataset; null where it can. */
export const beyond = (value: number, last: number): string | null =>
  value > last ? tooLarge(String(value), last) : null

const tooLarge = (text: string, last: number): string => `${text} is too large; there are 0 to ${last}.`
