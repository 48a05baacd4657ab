import { describe, expect, it } from 'vitest'
import { curveSvg } from '../../src/notebook/live-curve.js'

/** The end of the axis and where the curve ends, of a training of `total` epochs that stands at `x`. */
function drawn(x: number, total: number) {
  const points = [0, x / 2, x].map((at) => ({ x: at, y: 1 / (1 + at) }))
  const svg = curveSvg([{ title: 'loss', series: [{ name: 'training', points }] }], total, 'epochs')
  return {
    end: Number(/>([\d.,]+) epochs</.exec(svg)?.[1]),
    at: Number(/<circle cx="([\d.]+)"/.exec(svg)?.[1]),
  }
}

describe('the live curve', () => {
  it('fills its panel from the start of a long training', () => {
    for (const x of [0.1, 1, 4, 7, 30, 90, 250]) {
      const { end, at } = drawn(x, 400)
      expect(end).toBeGreaterThanOrEqual(1.25 * x)
      if (x >= 1) expect(at).toBeGreaterThan(120)
    }
  })

  it('ends at the last epoch', () => {
    for (const x of [350, 400]) expect(drawn(x, 400).end).toBe(400)
    expect(drawn(8, 8).end).toBe(8)
    expect(drawn(1, 1).end).toBe(1)
  })
})
