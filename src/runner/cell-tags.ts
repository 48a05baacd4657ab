import type { JsonObject } from './json.js'

/** Jupyter's tag of a cell that may fail: the run goes on after it. */
export const MAY_FAIL = 'raises-exception'

/** Jupyter's tag of a cell that is not run and keeps its outputs. */
export const NOT_RUN = 'skip-execution'

/** The tags of a cell; empty if it has none. */
export const tagsOf = ({ metadata: { tags } }: { readonly metadata: JsonObject }): string[] =>
  Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : []
