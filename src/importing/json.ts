/** An object of JSON. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether all of a list are whole numbers. */
export const areIntegers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every(Number.isInteger)
