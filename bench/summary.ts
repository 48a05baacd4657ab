import { quantile } from '../src/statistics/index.js'

/** The median of repeated runs. */
export const median = (runs: readonly number[]): number => quantile(runs, 0.5)

/** Half the distance between the quartiles. */
export const spread = (runs: readonly number[]): number => (quantile(runs, 0.75) - quantile(runs, 0.25)) / 2
