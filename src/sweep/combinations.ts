import { createHash } from 'node:crypto'
import { codeDigest } from '../runner/code-digest.js'
import type { Json, JsonObject } from '../runner/json.js'
import type { Notebook } from '../runner/notebook-file.js'
import type { ParameterType } from '../runner/parameter-types.js'
import {
  describeParameters,
  notebookParameters,
  parameterise,
  parameterValues,
  parseSetting,
} from '../runner/parameterise.js'
import { ParameterError } from '../runner/usage-error.js'

/** The values that a sweep gives to one parameter, as they were written. */
interface Axis {
  readonly name: string
  readonly texts: readonly string[]
}

/** A run of a sweep: the notebook with one value of each swept parameter. */
export interface Combination {
  /** The name of its folder, such as `network=deep,keepProbability=0.8`. */
  readonly id: string
  /** The parameters that were set, in the notebook's order. */
  readonly parameters: JsonObject
  /** As `executeNotebook` takes them. */
  readonly sets: readonly string[]
  readonly notebook: Notebook
  /** The digest of the notebook's code cells with these parameters. */
  readonly code: string
}

/**
 * All combinations of the values that `name=value,value` texts give to a notebook's parameters, the last parameter changing fastest.
 *
 * @throws {ParameterError} naming every unknown parameter and every value that does not fit, and the parameters there are
 */
export function combinations(notebook: Notebook, sets: readonly string[]): readonly Combination[] {
  const parameters = notebookParameters(notebook)
  const place = (name: string) => parameters.findIndex((parameter) => parameter.name === name)
  const axes = sets.map((text): Axis => {
    const { name, text: values } = textSetting(text)
    return { name, texts: valuesIn(values, parameters[place(name)]?.type) }
  })
  const problems = axes.flatMap(({ name, texts }, i) => [
    ...(axes.findIndex((axis) => axis.name === name) < i ? [`${name} is set twice.`] : []),
    ...texts.flatMap((text) => problemWith(notebook, name, text)),
  ])
  if (problems.length > 0) {
    const known = parameters.length > 0 ? ['The parameters are:', ...describeParameters(parameters)] : []
    throw new ParameterError([...new Set(problems), ...known].join('\n'))
  }
  // The same command with its options in another order is the same sweep.
  const ordered = [...axes].sort((a, b) => place(a.name) - place(b.name))
  const all = ordered.reduce<readonly (readonly (readonly [string, string])[])[]>(
    (before, { name, texts }) =>
      before.flatMap((one) => texts.map((text) => [...one, [name, text] as const])),
    [[]],
  )
  const found = new Map<string, Combination>()
  for (const chosen of all) {
    const settings = chosen.map(([name, text]) => ({ name, text }))
    const run = parameterise(notebook, settings)
    const values = parameterValues(run)
    const own = Object.fromEntries(chosen.map(([name, text]) => [name, values[name] ?? text]))
    const id = folderName(own)
    // 0.9 and 0.90 are one value.
    if (!found.has(id))
      found.set(id, {
        id,
        parameters: own,
        sets: chosen.map(([name, text]) => `${name}=${text}`),
        notebook: run,
        code: codeDigest(run),
      })
  }
  return [...found.values()]
}

/** The parameters to which combinations give more than one value, in the notebook's order. */
export const sweptNames = (all: readonly Pick<Combination, 'parameters'>[]): string[] =>
  Object.keys(all[0]?.parameters ?? {}).filter(
    (name) => new Set(all.map(({ parameters }) => JSON.stringify(parameters[name]))).size > 1,
  )

function textSetting(text: string): { readonly name: string; readonly text: string } {
  const setting = parseSetting(text)
  return { name: setting.name, text: 'text' in setting ? setting.text : '' }
}

/** Splits `a,b` into values; those of an array, and any with a `|` behind, are separated by `|`. */
function valuesIn(text: string, type: ParameterType | undefined): readonly string[] {
  const isList = type !== undefined && holdsLists(type)
  if (!isList && !text.includes('|')) return text.split(',').map((value) => value.trim())
  const values = text.split('|').map((value) => value.trim())
  return values.length > 1 && values.at(-1) === '' ? values.slice(0, -1) : values
}

const holdsLists = (type: ParameterType): boolean =>
  type.kind === 'array' || type.kind === 'tuple' || (type.kind === 'union' && type.options.some(holdsLists))

function problemWith(notebook: Notebook, name: string, text: string): string[] {
  try {
    parameterise(notebook, [{ name, text }])
    return []
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error
    return error.message.split('\nThe parameters are:')[0]!.split('\n')
  }
}

const LONGEST = 100

/** A name that every file system takes; where it had to be changed for that, a digest tells it from others. */
function folderName(parameters: JsonObject): string {
  const whole = Object.entries(parameters)
    .map(([name, value]) => `${name}=${valueText(value, '+')}`)
    .join(',')
  const plain = whole.replace(/[^\p{L}\p{N}_.,+=-]/gu, '_').slice(0, LONGEST)
  if (plain === whole) return plain
  const digest = createHash('sha256').update(JSON.stringify(parameters)).digest('hex').slice(0, 8)
  return `${plain}-${digest}`
}

/** A parameter's value as text, such as `deep` or `0.8`. */
export const valueText = (value: Json | undefined, between = ', '): string => {
  if (Array.isArray(value)) return value.map((one: Json) => valueText(one, between)).join(between)
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)
}
