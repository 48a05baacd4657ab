import { relative } from 'node:path'
import { codeVersion } from '../files/code-version.js'
import { projectRoot } from '../files/project-root.js'
import { readCheckpoints } from '../files/read-checkpoints.js'
import { csvValue } from './csv-value.js'
import { currentParameters, type NotebookParameters } from './current-parameters.js'

/** What an exported figure or table says of itself. */
export interface About {
  /** In a few words. Default: a table's caption; how a figure's text alternative begins. */
  readonly title?: string
  /** Default: the environment variable `THESIS_AUTHOR`; nobody without it, since reviews are blind. */
  readonly author?: string
  /** How many sequences, seeds or the like its numbers are of. Default: what a figure says at its foot. */
  readonly n?: number | string
  /** Default: those that the checkpoints which were read so far were trained with. */
  readonly seeds?: readonly number[]
  /** Default: those that were read so far. */
  readonly checkpoints?: readonly string[]
  /** The parameters that it depends on. Default: those that the notebook's `checkParameters` passed last. */
  readonly parameters?: NotebookParameters
  /** The command that makes it again. Default: the one that runs this notebook with its parameters. */
  readonly command?: string
  /** Whatever else is worth knowing, by name. */
  readonly [other: string]: unknown
}

/**
 * What an export says of itself, by name, as far as it is known: title, author, n, seeds, checkpoints, parameters, command, and the version,
 * commit and date of the code. The date is the commit's: the same code and parameters give the same bytes on any day.
 *
 * @throws RangeError when n is a number that is not whole or below 1.
 */
export function aboutExport(told: About, own: Pick<About, 'title' | 'n'> = {}): Record<string, unknown> {
  const {
    title,
    author,
    n,
    seeds,
    checkpoints,
    parameters = currentParameters(),
    command,
    ...others
  } = {
    ...own,
    ...told,
  }
  if (typeof n === 'number' && !(Number.isInteger(n) && n >= 1))
    throw new RangeError(`n is ${n}: it must be a whole number of at least 1`)
  const read = readCheckpoints()
  const about = {
    title,
    author: author ?? process.env.THESIS_AUTHOR,
    n,
    seeds: seeds ?? [...new Set(read.flatMap(({ seed }) => seed ?? []))].sort((a, b) => a - b),
    checkpoints: checkpoints ?? read.map(({ name }) => name),
    parameters,
    command: command ?? commandOf(parameters),
    ...others,
    ...codeVersion(),
  }
  return Object.fromEntries(Object.entries(about).filter(([, value]) => isSaid(value)))
}

const isSaid = (value: unknown): boolean =>
  value !== undefined && value !== '' && !(typeof value === 'object' && value !== null && isEmpty(value))

const isEmpty = (value: object): boolean => Object.keys(value).length === 0

/** The same without what changes with every commit, for copies that are saved in a notebook. */
export function withoutVersion(about: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const versioned = Object.keys(codeVersion())
  return Object.fromEntries(Object.entries(about).filter(([name]) => !versioned.includes(name)))
}

/** Jupyter and the project's runner tell a kernel in this variable which notebook it runs. */
const NOTEBOOK = 'JPY_SESSION_NAME'

function commandOf(parameters: NotebookParameters): string | undefined {
  const notebook = process.env[NOTEBOOK]
  if (!notebook?.endsWith('.ipynb')) return undefined
  const sets = Object.entries(parameters).map(([name, value]) => ` --set '${name}=${csvValue(value)}'`)
  const path = relative(projectRoot(), notebook).replaceAll('\\', '/')
  return path.startsWith('..') ? undefined : `npm run notebook -- ${path}${sets.join('')}`
}
