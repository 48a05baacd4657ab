import { describe, expect, it } from 'vitest'
import { fitsInto, legendHeight, legendLines, placeLegend } from '../../src/figures/kit/legend.js'

const names = ['Shallow', 'Deep', 'ConvDeep', 'R-LSTM', 'ConvR-LSTM']

describe('a legend', () => {
  it('is one line where there is room, and else as few lines as even as can be, in the order of the names', () => {
    expect(legendLines(names, 700)).toEqual([names])
    expect(legendLines(names, 320)).toEqual([names.slice(0, 3), names.slice(3)])
    expect(legendLines([], 320)).toEqual([])
    expect(legendHeight([], 320)).toBe(0)
    expect(legendHeight(names, 320)).toBeGreaterThan(legendHeight(names, 700))
  })

  it('begins a line with each kind of names, unless all fit on one', () => {
    const kinds = [['training', 'validation'], names]
    expect(legendLines(kinds, 1000)).toEqual([kinds.flat()])
    expect(legendLines(kinds, 600)).toEqual(kinds)
  })

  it('gives each trace its line, and leaves alone what is not shown in it', () => {
    const data = names.map((name) => ({ name }))
    const hidden = { name: 'Deep', showlegend: false }
    const { data: placed, legends } = placeLegend([...data, hidden], names, { width: 320, height: 200 })
    expect(placed.map((trace) => (trace as { legend?: string }).legend)).toEqual([
      ...['legend', 'legend', 'legend', 'legend2', 'legend2', undefined],
    ])
    expect(Object.keys(legends)).toEqual(['legend', 'legend2'])
    expect(legends.legend2!.y).toBeLessThan(legends.legend!.y!)
    expect(placed.at(-1)).toBe(hidden)
  })

  it('stands in a free place where all its names fit', () => {
    expect(fitsInto(names, { width: 150, height: 120 })).toBe(true)
    expect(fitsInto(names, { width: 150, height: 80 })).toBe(false)
    expect(fitsInto(names, { width: 60, height: 120 })).toBe(false)
    const area = { left: 100, top: 50, width: 150, height: 120 }
    const { legends } = placeLegend([{ name: 'Deep' }], names, { width: 320, height: 200, area })
    expect(legends).toMatchObject({ legend: { orientation: 'v', x: 100 / 320, y: 1 - 50 / 200 } })
  })
})
