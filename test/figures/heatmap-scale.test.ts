import { describe, expect, it } from 'vitest'
import { heatmapFigure } from '../../src/figures/drawings/heatmap-figure.js'
import { relevanceScales } from '../../src/figures/drawings/heatmap-scale.js'
import { heatmapRows } from './example-figures.js'

const rows = heatmapRows(['deep', 'r-lstm'], ['sensitivity', 'deepTaylor'], ['a']).map((row) => ({
  ...row,
  values: row.values.map(
    (value) => value * (row.network === 'deep' ? 1 : 10) * (row.method === 'deepTaylor' ? 3 : 1),
  ),
}))
const ends = (scale: 'map' | 'method' | 'figure') => {
  const of = relevanceScales(rows, { clip: 1, scale })
  return rows.map((row) => of(row).end)
}

describe('the colour scales of heatmaps', () => {
  it('are each map’s own, one for each method, or one for all', () => {
    expect(new Set(ends('map')).size).toBe(4)
    expect(new Set(ends('method')).size).toBe(2)
    expect(new Set(ends('figure')).size).toBe(1)
    expect(ends('figure')[0]).toBe(Math.max(...ends('map')))
  })

  it('are named at the foot of the figure', () => {
    const foot = (options: Parameters<typeof heatmapFigure>[1]) =>
      heatmapFigure(rows, options)
        .layout.annotations!.map(({ text }) => text)
        .join('|')
    expect(foot({})).toContain('Relevance in each map: 0')
    expect(foot({ scale: 'method' })).toContain('Relevance, one scale per method: 0')
    expect(foot({ scale: 'figure' })).toContain('Relevance, one scale: 0')
  })

  it('of another name are refused, with what is allowed', () => {
    expect(() => heatmapFigure(rows, { scale: 'row' as 'map' })).toThrow(
      'scale is "row"; it must be one of map, method, figure',
    )
  })
})
