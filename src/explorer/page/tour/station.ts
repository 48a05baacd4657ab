import type { Examples } from '../../shared/examples.js'
import type { Cell, Subject, Survey, SurveyRow } from '../../shared/protocol.js'
import type { View } from '../context.js'
import type { TableData } from '../parts/table.js'
import { cellKey, type State } from '../state/state.js'

/** What a station says: sentences made of numbers, and the numbers as a table. */
export interface Told {
  readonly sentences: readonly string[]
  readonly table: TableData
}

/** Something to do at a station. */
export interface Trial {
  readonly text: string
  readonly changes: Partial<State>
}

/** A station of the tour: what it shows, and what the numbers that are there say of it. */
export interface Station {
  readonly title: string
  /** What is shown when the reader arrives. */
  arrive(view: View, examples: Examples): Partial<State>
  /** What has to be computed beside what is shown. */
  readonly asked: Survey['asked']
  /** Null while numbers are missing. */
  tell(view: View, surveyed: readonly SurveyRow[]): Told | null
  trials(view: View): readonly Trial[]
}

export const R_LSTM: Subject = { network: 'r-lstm', isTrained: true }
export const SHALLOW: Subject = { network: 'shallow', isTrained: true }
export const UNTRAINED: Subject = { network: 'r-lstm', isTrained: false }

/** The explanation that is there of a network by a method, of the networks that are shown. */
export const cellOf = ({ results }: View, subject: Subject, method: string): Cell | null =>
  results.cells.get(cellKey(subject, method)) ?? null

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length

/** The sums of as many equal parts. */
export function partSums(values: readonly number[], parts: number): number[] {
  const width = values.length / parts
  return Array.from({ length: parts }, (_, k) =>
    values.slice(k * width, (k + 1) * width).reduce((sum, value) => sum + value, 0),
  )
}

/** The row of a survey of a network by a method. */
export const surveyOf = (rows: readonly SurveyRow[], subject: Subject, method: string): SurveyRow =>
  rows.find(
    (row) =>
      row.method === method &&
      row.subject.network === subject.network &&
      row.subject.isTrained === subject.isTrained,
  )!

/** The first example whose odd image stands at a place. */
export function oddAt({ count, labels }: Examples, place: number): number {
  const width = labels.length / count
  const isOdd = (sequence: number) => {
    const own = labels.subarray(sequence * width, (sequence + 1) * width)
    return own.filter((label) => label === own[place]).length === 1
  }
  return Math.max(0, Array.from({ length: count }, (_, sequence) => sequence).findIndex(isOdd))
}
