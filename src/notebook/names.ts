/** One or several names as a list. */
export const listOfNames = (names: string | readonly string[] | undefined): readonly string[] =>
  names === undefined ? [] : typeof names === 'string' ? [names] : names

/** Names in quotation marks, as sentences list them. */
export const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ')
