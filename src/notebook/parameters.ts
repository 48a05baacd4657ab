import { didYouMean, nearestName } from '../values/nearest-name.js'
import { rememberParameters } from './current-parameters.js'
import { formatValue } from './format-value.js'
import { inLine } from './parameter-line.js'
import { showTable } from './table.js'

/** Which values of a parameter make sense. */
export interface Rule<Value> {
  /** Completes the sentence "it must be …". */
  readonly allowed: string
  holds(value: Value): boolean
  /** The words there are, where it allows a few of them: the nearest is suggested for one that it does not. */
  readonly words?: readonly string[]
}

/** A rule for whatever value, of which the type of the parameter says nothing. */
interface AnyRule {
  readonly allowed: string
  readonly holds: object
  readonly words?: readonly string[]
}

/** The rules of some parameters. A rule for what is not among them, or is of another type, is no error of types: it is told where the value stands. */
export type Rules<Parameters> = {
  readonly [Name in keyof Parameters]?: Rule<Parameters[Name]> | AnyRule
} & { readonly [name: string]: AnyRule }

type Simple = number | string | boolean

/** A parameter is a number, a word, a switch, a list of these or an object of these, so that it can be set from a command line. */
export type ParameterValue = Simple | readonly Simple[] | { readonly [name: string]: Simple | undefined }

/** Whole numbers from `low` to `high`, both included. */
export function wholeNumber(low: number, high: number = Number.POSITIVE_INFINITY): Rule<number> {
  return {
    allowed: `a whole number ${bounds(low, high)}`,
    holds: (value) => Number.isInteger(value) && value >= low && value <= high,
  }
}

/** Numbers from `low` to `high`, both included. */
export function between(low: number, high: number = Number.POSITIVE_INFINITY): Rule<number> {
  return {
    allowed: `a number ${bounds(low, high)}`,
    holds: (value) => isNumber(value) && value >= low && value <= high,
  }
}

/** Numbers above `low`, up to `high` included. */
export function above(low: number, high: number = Number.POSITIVE_INFINITY): Rule<number> {
  return {
    allowed: `a number above ${low}${high === Number.POSITIVE_INFINITY ? '' : ` and up to ${high}`}`,
    holds: (value) => isNumber(value) && value > low && value <= high,
  }
}

/** One of the values listed. */
export function oneOf<Value extends number | string | boolean>(...values: readonly Value[]): Rule<Value> {
  return {
    allowed: `one of ${values.join(', ')}`,
    holds: (value) => values.includes(value),
    words: values.map(String),
  }
}

/** The id of one of some values, such as the architectures of a catalogue, or a file that exports another. */
export function idAmong(values: readonly { readonly id: string }[]): Rule<string> {
  const ids = values.map(({ id }) => id)
  return {
    allowed: `one of ${ids.join(', ')}, or a file such as ./mine.ts`,
    // No id has a dot or a slash.
    holds: (value) => typeof value === 'string' && (ids.includes(value) || /[./\\]/.test(value)),
    words: ids,
  }
}

/** Lists with at least one entry and none twice, each allowed by `rule`. */
export function listOf<Value extends number | string | boolean>(rule: Rule<Value>): Rule<readonly Value[]> {
  return {
    allowed: `a list of one or more different entries, each ${rule.allowed}`,
    holds: (values) =>
      Array.isArray(values) &&
      values.length > 0 &&
      new Set(values).size === values.length &&
      values.every((value) => rule.holds(value)),
    ...(rule.words ? { words: rule.words } : {}),
  }
}

/** Objects of any names, none included, whose fields are each allowed by `rule`, such as neurons by layer. */
export function fieldsOf<Value extends Simple>(
  rule: Rule<Value>,
): Rule<{ readonly [name: string]: Value | undefined }> {
  return {
    allowed: `fields that are each ${rule.allowed}`,
    holds: (fields) =>
      typeof fields === 'object' &&
      fields !== null &&
      !Array.isArray(fields) &&
      Object.values(fields).every((value) => value === undefined || rule.holds(value)),
  }
}

export interface CheckOptions {
  /** All names that parameters may have; any of them may then be left out. Default: those that are there and those with a rule. */
  readonly names?: readonly string[]
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
 * A name that is misspelt, a value of another type and one that makes no sense are told with the line of the cell that they stand in.
 *
 * @throws RangeError that names every parameter with a name or a value that makes no sense, the value, what is allowed, and the nearest known name.
 */
export function checkParameters<Parameters extends Readonly<Record<string, ParameterValue>>>(
  parameters: Parameters,
  rules: Rules<Parameters> = {},
  { names }: CheckOptions = {},
): void {
  const known: Readonly<Record<string, AnyRule>> = rules
  const problems = [
    ...unknownNames(parameters, known, names),
    ...Object.entries(parameters).flatMap(([name, value]) => problemWith(name, value, known[name])),
  ]
  if (problems.length > 0) {
    const [only, ...more] = problems
    const message = more.length === 0 ? only! : `These parameters can't be used:\n  ${problems.join('\n  ')}`
    const refused = new RangeError(message)
    // The reader's line is the one to look at, not this one.
    Error.captureStackTrace(refused, checkParameters)
    throw refused
  }
  rememberParameters(parameters)
  showTable(
    Object.entries(parameters).map(([parameter, value]) => ({
      parameter,
      value: formatValue(value),
      allowed: known[parameter]?.allowed ?? '',
    })),
  )
}

/** Names that there may not be, and those with a rule that are missing: most often one is a slip of the other. */
function unknownNames(
  parameters: object,
  rules: Readonly<Record<string, AnyRule>>,
  names: readonly string[] | undefined,
): string[] {
  const given = Object.keys(parameters)
  const isKnown = (name: string) => !isSlip(name, given, rules)
  const all = names ?? [...new Set([...given.filter(isKnown), ...Object.keys(rules)])]
  const unknown = given.filter((name) => !all.includes(name))
  const missing = names === undefined ? Object.keys(rules).filter((name) => !given.includes(name)) : []
  const meant = unknown.map((name) => nearestName(name, all))
  return [
    ...unknown.map(
      (name) => `${name}${inLine(name)} is no parameter${didYouMean(name, all)}; there are ${all.join(', ')}`,
    ),
    ...missing
      .filter((name) => !meant.includes(name))
      .map((name) => `parameter ${name} is missing: it must be ${rules[name]!.allowed}`),
  ]
}

/** Whether a name without a rule is near to one with a rule, which is not there. */
function isSlip(name: string, given: readonly string[], rules: object): boolean {
  const missing = Object.keys(rules).filter((rule) => !given.includes(rule))
  return !(name in rules) && nearestName(name, missing) !== null
}

function problemWith(name: string, value: ParameterValue, rule: AnyRule | undefined): string[] {
  const is = `${name} is ${rule ? JSON.stringify(value) : formatValue(value)}${inLine(name)}`
  if (rule && !holds(rule, value)) return [`${is}: it must be ${rule.allowed}${nearestWord(value, rule)}`]
  return finite(value) ? [] : [`${is}: it must be finite`]
}

/** Whether a rule allows a value; one of a type that it does not expect may be more than it can judge. */
function holds(rule: AnyRule, value: ParameterValue): boolean {
  try {
    return (rule as Rule<ParameterValue>).holds(value)
  } catch {
    return false
  }
}

function nearestWord(value: ParameterValue, { words = [] }: AnyRule): string {
  const wrong = [value].flat().find((word) => typeof word === 'string' && !words.includes(word))
  return typeof wrong === 'string' ? didYouMean(wrong, words) : ''
}

const isNumber = (value: unknown): value is number => typeof value === 'number'

const finite = (value: ParameterValue): boolean =>
  (typeof value === 'object' ? Object.values(value) : [value]).every(
    (v) => !isNumber(v) || Number.isFinite(v),
  )

function bounds(low: number, high: number): string {
  if (low === Number.NEGATIVE_INFINITY) return `up to ${high}`
  return high === Number.POSITIVE_INFINITY ? `of at least ${low}` : `from ${low} to ${high}`
}
