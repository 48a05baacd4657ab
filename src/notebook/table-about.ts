import { csvValue } from './csv-value.js'

type About = Readonly<Record<string, unknown>>

/** What an export says of itself, a line each. */
const linesOf = (about: About): string[] =>
  Object.entries(about).map(([name, value]) => `${name}: ${words(value).replace(/\s+/g, ' ')}`)

const words = (value: unknown): string =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value)
        .map(([name, one]) => `${name} = ${csvValue(one)}`)
        .join(', ')
    : csvValue(value)

/** As comments at the head of a LaTeX file. */
export const latexComments = (about: About): string =>
  linesOf(about)
    .map((line) => `% ${line}\n`)
    .join('')

/** As a comment at the foot of a Markdown file, which no page shows. */
export function markdownComment(about: About): string {
  const lines = linesOf(about).map((line) => line.replaceAll('--', '\\-\\-'))
  return lines.length === 0 ? '' : `\n<!--\n${lines.join('\n')}\n-->\n`
}

/** A column of a CSV file. */
export interface CsvColumn {
  readonly heading: string
  readonly isNumeric: boolean
}

/** As metadata of a CSV file, in the words of CSV on the Web (W3C): it stands beside the file, as `<file>-metadata.json`. */
export function csvMetadata(file: string, columns: readonly CsvColumn[], about: About): string {
  const { title, ...others } = about
  const metadata = {
    '@context': 'http://www.w3.org/ns/csvw',
    url: file,
    ...(title === undefined ? {} : { 'dc:title': title }),
    ...(Object.keys(others).length > 0 ? { notes: [others] } : {}),
    tableSchema: {
      columns: columns.map(({ heading, isNumeric }) => ({
        titles: heading,
        ...(isNumeric ? { datatype: 'number' } : {}),
      })),
    },
  }
  return `${JSON.stringify(metadata, null, 2)}\n`
}
