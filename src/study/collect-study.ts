import { join } from 'node:path'
import { writeTogether } from '../files/write-together.js'
import { claims } from './claims.js'
import type { ListedCell } from './study.js'
import { sequenceColumns, studyColumns } from './study-columns.js'
import { ownStudy } from './study-folder.js'
import { type StudyRow, sequenceColumnsOf, studyRows } from './study-table.js'
import { columnsOfRows, csvOf, dictionaryOf, parquetOf } from './table-files.js'
import { verdictsOf } from './verdicts.js'
import { verdictsPage } from './verdicts-page.js'

/** What was collected of a study. */
export interface Collected {
  readonly rows: readonly StudyRow[]
  /** The cells that are not finished. */
  readonly missing: readonly ListedCell[]
  /** How many scores of single sequences there are. */
  readonly scores: number
  readonly files: readonly string[]
}

/**
 * Writes the tables of a study: `study.parquet` and `study.csv`, a row per cell, method and measure; `sequences.parquet`, a row per score that
 * was kept of a sequence; `README.md`, which says what each column is; and `VERDICTS.md`, what they say of the claims. Made of the same cells they are the same bytes.
 */
export async function collectStudy(
  study: string,
  cells: readonly ListedCell[],
  folder: string = ownStudy(study),
): Promise<Collected> {
  const { rows, missing } = await studyRows(study, cells)
  const sequences = await sequenceColumnsOf(study, cells)
  const about = { study, cells: String(cells.length - missing.length), missing: String(missing.length) }
  const plain = rows as unknown as Readonly<Record<string, unknown>>[]
  const dictionary = [
    `# The study '${study}'\n`,
    dictionaryOf('study.parquet, study.csv', studyColumns),
    dictionaryOf('sequences.parquet', sequenceColumns),
  ].join('\n')
  const contents: readonly (readonly [string, Uint8Array])[] = [
    ['study.parquet', parquetOf(columnsOfRows(plain, studyColumns), studyColumns, about)],
    ['study.csv', Buffer.from(csvOf(plain, studyColumns))],
    ['sequences.parquet', parquetOf(sequences, sequenceColumns, about)],
    ['README.md', Buffer.from(dictionary)],
    ['VERDICTS.md', Buffer.from(verdictsPage(verdictsOf(claims, rows)))],
  ]
  writeTogether(contents.map(([name, bytes]) => [join(folder, name), bytes]))
  return {
    rows,
    missing,
    scores: sequences.score.length,
    files: contents.map(([name]) => join(folder, name)),
  }
}
