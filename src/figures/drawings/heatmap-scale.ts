import { isSigned, type RelevanceScale, relevanceScale } from '../kit/raster.js'

/** Which maps share one colour scale. */
export type HeatmapScale = 'map' | 'method' | 'figure'

/** What the foot of a figure says of its colours. */
export const SCALE_NAMES: Readonly<Record<HeatmapScale, string>> = {
  map: 'Relevance in each map',
  method: 'Relevance, one scale per method',
  figure: 'Relevance, one scale',
}

/** Relevance that is drawn as colour. */
export interface ColoredMap {
  readonly method: string
  readonly values: ArrayLike<number>
}

/**
 * The colour scale of each map: its own, or one that ends at the quantile `clip` of the absolute values of all maps that share it.
 *
 * @throws Error where `scale` is none of the three
 */
export function relevanceScales<Row extends ColoredMap>(
  rows: readonly Row[],
  { clip, scale }: { readonly clip: number; readonly scale: HeatmapScale },
): (map: Row) => RelevanceScale {
  if (!(scale in SCALE_NAMES))
    throw new Error(`scale is "${scale}"; it must be one of ${Object.keys(SCALE_NAMES).join(', ')}`)
  if (scale === 'map') return ({ values }) => relevanceScale(values, clip)
  const shared = new Map<string, number>()
  const groupOf = ({ method }: ColoredMap) => (scale === 'method' ? method : '')
  for (const group of new Set(rows.map(groupOf))) {
    const own = rows.filter((row) => groupOf(row) === group)
    const values = Float32Array.from(own.flatMap((row) => Array.from(row.values)))
    shared.set(group, relevanceScale(values, clip).end)
  }
  return (map) => ({ signed: isSigned(map.values), end: shared.get(groupOf(map))! })
}
