import { describe, expect, it } from 'vitest'
import { type NetworkRow, networkFigure } from '../../src/figures/drawings/network-figure.js'
import type { Figure } from '../../src/figures/kit/figure.js'
import { textWidth } from '../../src/figures/kit/text-width.js'
import { networkRows } from './network-rows.js'
import { ownNetworkRows } from './own-network-rows.js'

type Box = readonly [left: number, top: number, right: number, bottom: number]

const FRAME = '#fafafa'

const drawn = (rows: readonly NetworkRow[], widthMm: number): Figure => networkFigure(rows).forWidth!(widthMm)

/** The boxes of layers, from the top left corner of the page. */
function boxesOf({ layout }: Figure): Box[] {
  return layout
    .shapes!.filter(({ type, fillcolor }) => type === 'rect' && fillcolor !== FRAME)
    .map(({ x0, y0, x1, y1 }) => [x0, y0, x1, y1].map(Number) as unknown as Box)
}

/** The straight parts of edges. */
function linesOf({ layout }: Figure): Box[] {
  return layout
    .shapes!.filter(({ type }) => type === 'line')
    .map(({ x0, y0, x1, y1 }) => [
      Math.min(Number(x0), Number(x1)),
      Math.min(Number(y0), Number(y1)),
      Math.max(Number(x0), Number(x1)),
      Math.max(Number(y0), Number(y1)),
    ])
}

const overlap = (a: Box, b: Box, least: number): boolean =>
  Math.min(a[2], b[2]) - Math.max(a[0], b[0]) > least && Math.min(a[3], b[3]) - Math.max(a[1], b[1]) > least

const figures: [string, readonly NetworkRow[]][] = [
  ...Object.entries(ownNetworkRows).map(([name, row]): [string, NetworkRow[]] => [name, [row]]),
  ['all of one’s own', Object.values(ownNetworkRows)],
  ['one’s own beside the thesis’s', [...networkRows, ...Object.values(ownNetworkRows)]],
  ['the thesis’s', networkRows],
]

describe.each(figures)('%s', (_, rows) => {
  it.each([85, 178])('at %i mm has boxes that stand apart, on the page', (widthMm) => {
    const figure = drawn(rows, widthMm)
    const boxes = boxesOf(figure)
    expect(boxes.length).toBeGreaterThanOrEqual(rows.reduce((sum, { layers }) => sum + layers.length, 0))
    for (const [left, top, right, bottom] of boxes) {
      expect(Math.min(left, top)).toBeGreaterThanOrEqual(0)
      expect(right).toBeLessThanOrEqual(figure.layout.width!)
      expect(bottom).toBeLessThanOrEqual(figure.layout.height!)
    }
    boxes.forEach((a, i) => {
      for (const b of boxes.slice(i + 1)) expect(overlap(a, b, 0), `${a} and ${b}`).toBe(false)
    })
  })

  it.each([85, 178])('at %i mm has edges that cross no box', (widthMm) => {
    const figure = drawn(rows, widthMm)
    for (const box of boxesOf(figure)) {
      const within: Box = [box[0] + 1, box[1] + 1, box[2] - 1, box[3] - 1]
      for (const line of linesOf(figure))
        expect(overlap(line, within, -0.01), `${line} in ${box}`).toBe(false)
    }
  })

  it.each([85, 178])('at %i mm has labels that their boxes hold', (widthMm) => {
    const figure = drawn(rows, widthMm)
    const boxes = boxesOf(figure)
    for (const { text, x, y } of figure.layout.annotations!) {
      const box = boxes.find(([left, top, right, bottom]) => {
        const [atX, atY] = [Number(x), Number(y)]
        return atX > left && atX < right && atY > top && atY < bottom
      })
      if (box && text) expect(textWidth(text), text).toBeLessThanOrEqual(box[2] - box[0] + 2)
    }
  })
})

describe('networks', () => {
  it('have every edge drawn once, and a legend of the kinds there are', () => {
    const texts = (rows: readonly NetworkRow[]) =>
      drawn(rows, 178).layout.annotations!.map(({ text }) => text)
    expect(texts([ownNetworkRows.bidirectional!])).toContain('to the step before')
    expect(texts([ownNetworkRows.everyStep!])).toContain('from every step')
    const plain = texts([ownNetworkRows.noRecurrence!])
    for (const kind of [
      'to the next step',
      'to the step before',
      'from every step',
      'repeated at every step',
    ])
      expect(plain).not.toContain(kind)
    for (const row of Object.values(ownNetworkRows)) {
      const figure = drawn([row], 178)
      const heads = figure.layout.annotations!.filter(({ showarrow }) => showarrow)
      const kinds = new Set(row.edges.map(({ kind }) => kind))
      expect(heads).toHaveLength(row.edges.length + new Set(['forward', ...kinds]).size)
    }
  })

  it('put what runs at the end over the frame, and what two chains share between them', () => {
    const { layout } = drawn([ownNetworkRows.bidirectional!], 178)
    const at = (label: string) => layout.annotations!.find(({ text }) => text?.startsWith(`${label}<br>`))!
    const frame = layout.shapes!.find(({ fillcolor }) => fillcolor === FRAME)!
    expect(Number(at('readout').y)).toBeLessThan(Number(frame.y0))
    expect(at('forward').y).toBe(at('backward').y)
    const between = (Number(at('forward').x) + Number(at('backward').x)) / 2
    expect(at('readout').x).toBe(between)
    expect(at('pixels').x).toBe(between)
  })

  it('say in words their layers, units and gates', () => {
    expect(drawn([ownNetworkRows.gru!], 178).alt).toContain('R-GRU cell 72 (gates update, reset), readout 10')
  })
})
