import { csvValue } from './csv-value.js'
import { currentParameters, type NotebookParameters } from './current-parameters.js'
import type { Grid } from './grid.js'
import { csvColumns } from './table-formats.js'

/** What an exported table says of itself beside its cells. */
export interface TableAbout {
  /** How many sequences, seeds or the like its numbers are of. Default: not said. */
  readonly n?: number
  /** The parameters that it depends on. Default: those that the notebook's `checkParameters` passed last. */
  readonly parameters?: NotebookParameters
  /** The command that makes it again. Default: not said. */
  readonly command?: string
}

/**
 * What a table says of itself, by name: its title, n, parameters and command, as far as they are known.
 *
 * @throws RangeError when n is no whole number of at least 1.
 */
export function aboutTable(
  grid: Grid,
  { n, parameters = currentParameters(), command }: TableAbout,
): Record<string, unknown> {
  if (n !== undefined && !(Number.isInteger(n) && n >= 1))
    throw new RangeError(`n is ${n}: it must be a whole number of at least 1`)
  return {
    ...(grid.caption ? { title: grid.caption } : {}),
    ...(n === undefined ? {} : { n }),
    ...(Object.keys(parameters).length > 0 ? { parameters } : {}),
    ...(command === undefined ? {} : { command }),
  }
}

/** The same as comments at the head of a LaTeX file. */
export function latexComments(about: Readonly<Record<string, unknown>>): string {
  const words = (value: unknown) =>
    typeof value === 'object' && value !== null
      ? Object.entries(value)
          .map(([name, one]) => `${name} = ${csvValue(one)}`)
          .join(', ')
      : csvValue(value)
  return Object.entries(about)
    .map(([name, value]) => `% ${name}: ${words(value).replace(/\s+/g, ' ')}\n`)
    .join('')
}

/** The same as metadata of a CSV file, in the words of CSV on the Web (W3C): it stands beside the file, as `<file>-metadata.json`. */
export function csvMetadata(file: string, grid: Grid, about: Readonly<Record<string, unknown>>): string {
  const { title, ...others } = about
  const columns = csvColumns(grid).map(({ heading, isNumeric }) => ({
    titles: heading,
    ...(isNumeric ? { datatype: 'number' } : {}),
  }))
  const metadata = {
    '@context': 'http://www.w3.org/ns/csvw',
    url: file,
    ...(title === undefined ? {} : { 'dc:title': title }),
    ...(Object.keys(others).length > 0 ? { notes: [others] } : {}),
    tableSchema: { columns },
  }
  return `${JSON.stringify(metadata, null, 2)}\n`
}
