import { rememberParameters } from './current-parameters.js'
import { formatValue } from './format-value.js'
import { showTable } from './table.js'

/** Which values of a parameter make sense. */
export interface Rule<Value> {
  /** Completes the sentence "it must be …". */
  readonly allowed: string
  holds(value: Value): boolean
}

/** A parameter is a number, a word, a switch or a list of these, so that it can be set from a command line. */
export type ParameterValue = number | string | boolean | readonly (number | string | boolean)[]

/** Whole numbers from `low` to `high`, both included. */
export function wholeNumber(low: number, high: number = Number.POSITIVE_INFINITY): Rule<number> {
  return {
    allowed: `a whole number ${bounds(low, high)}`,
    holds: (value) => Number.isInteger(value) && value >= low && value <= high,
  }
}

/** Numbers from `low` to `high`, both included. */
export function between(low: number, high: number = Number.POSITIVE_INFINITY): Rule<number> {
  return { allowed: `a number ${bounds(low, high)}`, holds: (value) => value >= low && value <= high }
}

/** Numbers above `low`, up to `high` included. */
export function above(low: number, high: number = Number.POSITIVE_INFINITY): Rule<number> {
  return {
    allowed: `a number above ${low}${high === Number.POSITIVE_INFINITY ? '' : ` and up to ${high}`}`,
    holds: (value) => value > low && value <= high,
  }
}

/** One of the values listed. */
export function oneOf<Value extends number | string | boolean>(...values: readonly Value[]): Rule<Value> {
  return { allowed: `one of ${values.join(', ')}`, holds: (value) => values.includes(value) }
}

/** The id of one of some values, such as the architectures of a catalogue, or a file that exports another. */
export function idAmong(values: readonly { readonly id: string }[]): Rule<string> {
  const ids = values.map(({ id }) => id)
  return {
    allowed: `one of ${ids.join(', ')}, or a file such as ./mine.ts`,
    // No id has a dot or a slash.
    holds: (value) => ids.includes(value) || /[./\\]/.test(value),
  }
}

/** Lists with at least one entry and none twice, each allowed by `rule`. */
export function listOf<Value extends number | string | boolean>(rule: Rule<Value>): Rule<readonly Value[]> {
  return {
    allowed: `a list of one or more different entries, each ${rule.allowed}`,
    holds: (values) =>
      values.length > 0 &&
      new Set(values).size === values.length &&
      values.every((value) => rule.holds(value)),
  }
}

/**
 * Checks a notebook's parameters and shows them as a table. It belongs below the cell's literal, which stays plain:
 *
 * ```ts
 * const parameters = {
 *   network: 'deep' as 'shallow' | 'deep', // which network is trained
 *   epochs: 5, // passes over the training sequences
 * }
 * checkParameters(parameters, { epochs: wholeNumber(1, 500) })
 * ```
 *
 * @throws RangeError that names every parameter with a value that makes no sense, the value, and what is allowed.
 */
export function checkParameters<Parameters extends Readonly<Record<string, ParameterValue>>>(
  parameters: Parameters,
  rules: { readonly [Name in keyof Parameters]?: Rule<Parameters[Name]> } = {},
): void {
  const problems: string[] = []
  const rows = Object.keys(parameters).map((name: keyof Parameters & string) => {
    const value = parameters[name]!
    const rule = rules[name]
    if (rule && !rule.holds(value))
      problems.push(`${name} is ${JSON.stringify(value)}: it must be ${rule.allowed}`)
    else if (!finite(value)) problems.push(`${name} is ${formatValue(value)}: it must be finite`)
    return { parameter: name, value: formatValue(value), allowed: rule?.allowed ?? '' }
  })
  for (const name of Object.keys(rules)) {
    if (!(name in parameters)) problems.push(`${name} has a rule but is not among the parameters`)
  }
  if (problems.length > 0) {
    const refused = new RangeError(`These parameters can't be used:\n  ${problems.join('\n  ')}`)
    // The reader's line is the one to look at, not this one.
    Error.captureStackTrace(refused, checkParameters)
    throw refused
  }
  rememberParameters(parameters)
  showTable(rows)
}

const finite = (value: ParameterValue): boolean =>
  [value].flat().every((v) => typeof v !== 'number' || Number.isFinite(v))

function bounds(low: number, high: number): string {
  if (low === Number.NEGATIVE_INFINITY) return `up to ${high}`
  return high === Number.POSITIVE_INFINITY ? `of at least ${low}` : `from ${low} to ${high}`
}
