import { nearestName } from '../values/nearest-name.js'
import { isJsonObject, type Json, type JsonObject, parseJson } from './json.js'
import type { Cell, Notebook } from './notebook-file.js'
import { type Parameter, readParameters } from './parameter-cell.js'
import { belongsTo, describeType, literalValue, type ParameterType, quote } from './parameter-types.js'
import { ParameterError } from './usage-error.js'

/** A value for a parameter: text from a command line, or a JSON value. */
export type Setting =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly value: Json }

/** Reads `name=value`. Throws ParameterError if there is no `=`. */
export const parseSetting = (text: string): Setting => {
  const [, name, value] = /^\s*([^=\s]+)\s*=(.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined) {
    throw new ParameterError(`"${text}" does not set a parameter: write name=value, such as epochs=5.`)
  }
  return { name, text: value.trim() }
}

/** The settings that a JSON object holds; a field of a field is named `outer.inner`. */
export const settingsOf = (values: JsonObject, prefix = ''): Setting[] =>
  Object.entries(values).flatMap(([name, value]) =>
    isJsonObject(value) ? settingsOf(value, `${prefix}${name}.`) : [{ name: `${prefix}${name}`, value }],
  )

/** The parameters of a notebook; empty if no cell is tagged `parameters`. */
export const notebookParameters = (notebook: Notebook): readonly Parameter[] => {
  const cell = notebook.cells[parametersCell(notebook)]
  return cell ? readParameters(cell.source) : []
}

/** The values of a notebook's parameters by name, of those that are literals; a field of a field is named `outer.inner`. */
export const parameterValues = (notebook: Notebook): JsonObject =>
  Object.fromEntries(
    notebookParameters(notebook).flatMap(({ name, value }) => {
      const literal = value === undefined ? undefined : literalValue(value)
      return literal === undefined ? [] : [[name, literal]]
    }),
  )

/**
 * The notebook with other parameter values: literals in its cell tagged `parameters` are replaced, comments and layout stay.
 * Throws ParameterError on an unknown name, a value of the wrong type, or a parameter set twice.
 */
export const parameterise = (notebook: Notebook, settings: readonly Setting[]): Notebook => {
  if (settings.length === 0) return notebook
  const index = parametersCell(notebook)
  if (index < 0)
    throw new ParameterError('The notebook has no code cell tagged "parameters", so nothing can be set.')
  const change = (cell: Cell, i: number): Cell =>
    i === index ? { ...cell, source: setParameters(cell.source, settings) } : cell
  return { ...notebook, cells: notebook.cells.map(change) }
}

const isTagged = ({ metadata: { tags } }: Cell): boolean => Array.isArray(tags) && tags.includes('parameters')

const parametersCell = ({ cells }: Notebook): number => {
  const tagged = cells.flatMap((cell, i) => (cell.cell_type === 'code' && isTagged(cell) ? [i] : []))
  if (tagged.length > 1) {
    throw new ParameterError(`${tagged.length} cells are tagged "parameters", and there can be only one.`)
  }
  return tagged[0] ?? -1
}

/** The source of a parameters cell with other values. Throws ParameterError as `parameterise` does. */
export const setParameters = (source: string, settings: readonly Setting[]): string => {
  const parameters = readParameters(source)
  const problems: string[] = []
  const edits = settings.flatMap((setting, i) => {
    const parameter = parameters.find(({ name }) => name === setting.name)
    const literal = parameter && literalFor(setting, parameter.type)
    const problem = parameter ? problemWith(setting, parameter, literal) : unknownName(setting, parameters)
    const isRepeated = settings.findIndex(({ name }) => name === setting.name) < i
    if (isRepeated) problems.push(`${setting.name} is set twice.`)
    if (problem) problems.push(problem)
    return parameter && literal !== undefined ? [{ ...parameter.place, literal }] : []
  })
  if (problems.length > 0) {
    throw new ParameterError(
      [...problems, 'The parameters are:', ...describeParameters(parameters)].join('\n'),
    )
  }
  // From the end, so that places further up stay where they are.
  return edits
    .sort((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, insertBefore = '', literal }) =>
        `${text.slice(0, start)}${insertBefore}${literal}${text.slice(end)}`,
      source,
    )
}

/** One line per parameter: name, type, value and comment. */
export const describeParameters = (parameters: readonly Parameter[]): string[] => {
  const rows = parameters.map(({ name, type, value = '(not set)', comment }) => ({
    name,
    type: describeType(type),
    value: value.replace(/\s+/g, ' '),
    comment,
  }))
  const width = (key: 'name' | 'type' | 'value'): number => Math.max(...rows.map((row) => row[key].length))
  return rows.map(({ name, type, value, comment }) => {
    const columns = `  ${name.padEnd(width('name'))}  ${type.padEnd(width('type'))}  = ${value.padEnd(width('value'))}`
    return `${columns}${comment ? `  // ${comment}` : ''}`.trimEnd()
  })
}

const unknownName = ({ name }: Setting, parameters: readonly Parameter[]): string => {
  const fields = parameters.filter((parameter) => parameter.name.startsWith(`${name}.`))
  const [field] = fields
  const nearest = nearestName(
    name,
    parameters.map((parameter) => parameter.name),
  )
  return field
    ? `"${name}" is an object: set its fields one by one, such as ${field.name}=….`
    : `There is no parameter "${name}".${nearest === null ? '' : ` Did you mean ${nearest}?`}`
}

const shown = (setting: Setting): string => ('text' in setting ? setting.text : JSON.stringify(setting.value))

const problemWith = (
  setting: Setting,
  { type }: Parameter,
  literal: string | undefined,
): string | undefined => {
  if (literal !== undefined) return undefined
  if (type.kind === 'unknown') {
    return `${setting.name} cannot be set from outside: its value is an expression whose type is not seen in the cell.`
  }
  return `${setting.name}=${shown(setting)} does not fit: ${setting.name} is ${describeType(type)}.`
}

const literalFor = (setting: Setting, type: ParameterType): string | undefined => {
  const candidates = 'text' in setting ? readings(setting.text, type) : [setting.value]
  const value = candidates.find((candidate) => belongsTo(candidate, type))
  if (value !== undefined) return typescriptLiteral(value, 'text' in setting ? setting.text : undefined)
  return candidates.includes(undefined) && belongsTo(undefined, type) ? 'undefined' : undefined
}

const NUMBER = /^-?(\d[\d_]*\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** What a text from a command line may mean, the more special first. */
const readings = (text: string, type: ParameterType): (Json | undefined)[] => {
  const simple: (Json | undefined)[] = []
  if (NUMBER.test(text)) simple.push(Number(text.replaceAll('_', '')))
  if (text === 'true' || text === 'false') simple.push(text === 'true')
  if (text === 'null') simple.push(null)
  if (text === 'undefined') simple.push(undefined)
  const list = listReading(text, type)
  return [...simple, ...(list ? [list] : []), text]
}

/** An array, written as JSON or as its elements with commas between. */
const listReading = (text: string, type: ParameterType): Json | undefined => {
  if (type.kind === 'union') {
    return type.options.map((option) => listReading(text, option)).find((list) => list !== undefined)
  }
  if (type.kind !== 'array' && type.kind !== 'tuple') return undefined
  if (text.startsWith('[')) {
    try {
      return parseJson(text)
    } catch {
      return undefined
    }
  }
  const elements = text === '' ? [] : text.split(',').map((element) => element.trim())
  const typeAt = (i: number): ParameterType | undefined =>
    type.kind === 'array' ? type.element : type.elements[i]
  return elements.map((element, i) => {
    const elementType = typeAt(i)
    return (
      readings(element, elementType ?? { kind: 'unknown' }).find(
        (reading) => elementType && belongsTo(reading, elementType),
      ) ?? element
    )
  })
}

/** A value in TypeScript; a number keeps the form in which it was given. */
const typescriptLiteral = (value: Json, given?: string): string => {
  if (Array.isArray(value)) return `[${value.map((element: Json) => typescriptLiteral(element)).join(', ')}]`
  if (typeof value === 'string') return quote(value)
  return typeof value === 'number' && given !== undefined && NUMBER.test(given)
    ? given
    : JSON.stringify(value)
}
