import type { SeriesStyle } from './series-style.js'

/** What a researcher can make a value of their own of. */
export type Kind = 'architecture' | 'method' | 'dataset' | 'measure'

/** By what a value is known in files, text and figures. */
export interface Named {
  /** In files, tables and command lines, e.g. `r-lstm`. */
  readonly id: string
  /** In text, e.g. `R-LSTM`. */
  readonly title: string
  /** Where there is little room, e.g. `DTD`. Default: the title. */
  readonly short?: string
  /** Default: a style that no other entry has. */
  readonly style?: SeriesStyle
  /** Of a measure: the lowest and the highest value there can be, for axes. */
  readonly range?: readonly [low: number, high: number]
  /** Of a measure: which scores are the better ones. Default: higher. */
  readonly better?: 'higher' | 'lower'
  /** Of a measure: what figures call its baseline. Default: chance. */
  readonly baselineName?: string
}

/** A value's names and, for what is shipped, its place in the order of figures and tables. */
export interface Entry extends Named {
  readonly place: number | null
}

const entries: Readonly<Record<Kind, Map<string, Entry>>> = {
  architecture: new Map(),
  method: new Map(),
  dataset: new Map(),
  measure: new Map(),
}

const ID = /^[A-Za-z][A-Za-z0-9-]*$/

/** Throws an Error naming the value when its id or title cannot be used. */
export function checkNames(kind: Kind, { id, title }: Pick<Named, 'id' | 'title'>): void {
  if (typeof id !== 'string' || !ID.test(id)) {
    throw new Error(
      `the ${kind}'s id is ${JSON.stringify(id)}; it must be letters, digits and hyphens, a letter first`,
    )
  }
  if (typeof title !== 'string' || title.trim() === '')
    throw new Error(`${kind} '${id}' has no title; give it one for figures and text`)
}

/**
 * Makes a value's names known to figures and tables; defining a value registers it. The last definition of an id counts, so that
 * a cell can be run again.
 *
 * @param place where the catalogue puts it, from 0; a value of one's own follows what is shipped, in the order of definition
 * @throws as `checkNames`
 */
export function register(
  kind: Kind,
  { id, title, short, style, range, better, baselineName }: Named,
  place: number | null = entries[kind].get(id)?.place ?? null,
): void {
  checkNames(kind, { id, title })
  // What is shipped keeps the catalogue's style when its own file, which has none, is loaded again.
  const kept = place === null ? undefined : entries[kind].get(id)?.style
  entries[kind].set(id, { id, title, short, style: style ?? kept, range, better, baselineName, place })
}

/** What is known of an id; undefined where no value of it was defined. */
export const entryOf = (kind: Kind, id: string): Entry | undefined => entries[kind].get(id)

/**
 * All entries of a kind: what is shipped in its order, then the others in the order of their definition.
 *
 * @example
 * entriesOf('method').map(({ title }) => title)
 */
export const entriesOf = (kind: Kind): Entry[] => {
  const all = [...entries[kind].values()]
  const shipped = all.filter(({ place }) => place !== null).sort((a, b) => a.place! - b.place!)
  return [...shipped, ...all.filter(({ place }) => place === null)]
}

/** The title of a value; its id where it was not defined in this process. */
export const titleOf = (kind: Kind, id: string): string => entryOf(kind, id)?.title ?? id

/** The short title of a value. */
export const shortOf = (kind: Kind, id: string): string => entryOf(kind, id)?.short ?? titleOf(kind, id)

/**
 * The distinct ids in the order of `entriesOf`; ids that were never defined follow as they came.
 *
 * @example
 * inOrder('architecture', ['r-lstm', 'shallow']) // 'shallow', 'r-lstm'
 */
export function inOrder(kind: Kind, ids: Iterable<string>): string[] {
  const distinct = new Set(ids)
  const known = entriesOf(kind).map(({ id }) => id)
  return [...known.filter((id) => distinct.has(id)), ...[...distinct].filter((id) => !known.includes(id))]
}
