import { describe, expect, it } from 'vitest'
import { METHODS, NETWORKS } from '../../src/figures/kit/names.js'
import { DIVERGING, methodStyle, networkStyle, SEQUENTIAL } from '../../src/figures/kit/palette.js'

type Rgb = readonly [number, number, number]

const rgb = (color: string): Rgb => {
  const channel = (at: number) => (Number.parseInt(color.slice(at, at + 2), 16) / 255) ** 2.2
  return [channel(1), channel(3), channel(5)]
}

/** The colour at a place in [0, 1] of a scale, between its stops as plotly mixes them. */
function colorAt(scale: readonly [number, string][], place: number): Rgb {
  const above = Math.max(
    1,
    scale.findIndex(([at]) => at >= place),
  )
  const [[from, low], [to, high]] = [scale[above - 1]!, scale[above]!]
  const part = (place - from) / (to - from)
  const mixed = [1, 3, 5].map((at) => {
    const [a, b] = [low, high].map((color) => Number.parseInt(color.slice(at, at + 2), 16))
    return Math.round(a! + part * (b! - a!))
      .toString(16)
      .padStart(2, '0')
  })
  return rgb(`#${mixed.join('')}`)
}

/** CIE lightness, 0 to 100: what is left in a grey print. */
function lightness([r, g, b]: Rgb): number {
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b
  return luminance > 0.008856 ? 116 * Math.cbrt(luminance) - 16 : 903.3 * luminance
}

/** What a dichromat sees, in linear RGB, after Viénot, Brettel and Mollon (1999). */
function dichromat([r, g, b]: Rgb, kind: 'protan' | 'deutan'): Rgb {
  const [fromRed, fromGreen] = kind === 'protan' ? [0.11238, 0.88762] : [0.29275, 0.70725]
  const mixed = fromRed * r + fromGreen * g
  const shift = kind === 'protan' ? 0.00401 : -0.02234
  return [mixed, mixed, shift * r - shift * g + b]
}

/** A difference in lightness and blue-yellow contrast, 0 to about 100. */
function difference(a: Rgb, b: Rgb): number {
  const yellow = (color: Rgb) =>
    100 * (Math.cbrt((color[0] + color[1]) / 2) - Math.cbrt(Math.max(color[2], 0)))
  return Math.hypot(lightness(a) - lightness(b), yellow(a) - yellow(b))
}

const pairs = <Item>(items: readonly Item[]): [Item, Item][] =>
  items.flatMap((a, i) => items.slice(i + 1).map((b): [Item, Item] => [a, b]))

describe.each([
  ['networks', NETWORKS.map((id) => networkStyle(id))],
  ['methods', METHODS.map((id) => methodStyle(id))],
])('the styles of %s', (_, styles) => {
  it('differ in pattern, marker and dash', () => {
    for (const property of ['pattern', 'symbol', 'dash', 'color'] as const) {
      expect(new Set(styles.map((style) => style[property])).size).toBe(styles.length)
    }
  })

  it('stand out from white paper with a contrast of at least 3', () => {
    for (const { color } of styles) {
      const [r, g, b] = rgb(color)
      expect(1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05), color).toBeGreaterThan(3)
    }
  })

  it('differ in lightness', () => {
    for (const [a, b] of pairs(styles.map((style) => lightness(rgb(style.color))))) {
      expect(Math.abs(a - b)).toBeGreaterThan(5)
    }
  })

  it.each(['protan', 'deutan'] as const)('differ for %s vision', (kind) => {
    for (const [a, b] of pairs(styles.map((style) => dichromat(rgb(style.color), kind)))) {
      expect(difference(a, b)).toBeGreaterThan(12)
    }
  })
})

describe('colour scales', () => {
  it('get darker with relevance', () => {
    const values = SEQUENTIAL.map(([, color]) => lightness(rgb(color)))
    for (const [i, value] of values.slice(1).entries()) expect(value).toBeLessThan(values[i]! - 3)
  })

  it('are white at 0 where nothing is negative, else grey', () => {
    expect(SEQUENTIAL[0]).toEqual([0, '#ffffff'])
    const [, zero] = DIVERGING.find(([at]) => at === 0.5)!
    expect(zero).toMatch(/^#(..)\1\1$/)
  })

  it('never give a negative and a positive value the same lightness, along the whole signed scale', () => {
    const along = (kind?: 'protan' | 'deutan') =>
      Array.from({ length: 201 }, (_, i) => colorAt(DIVERGING, i / 200)).map((color) =>
        lightness(kind ? dichromat(color, kind) : color),
      )
    for (const values of [along(), along('protan'), along('deutan')]) {
      // Within what rounding to 8 bits does.
      for (const [i, value] of values.slice(1).entries()) expect(value).toBeLessThan(values[i]! + 0.1)
      for (const negative of values.slice(0, 99)) expect(negative).toBeGreaterThan(values[100]!)
      for (const positive of values.slice(102)) expect(positive).toBeLessThan(values[100]!)
    }
    const values = along()
    const [negative, zero, positive] = [values[0]!, values[100]!, values[200]!]
    expect(negative - zero).toBeGreaterThan(14)
    expect(zero - positive).toBeGreaterThan(50)
    // A tenth of the scale to either side of 0 is told from 0 already.
    expect(values[80]! - zero).toBeGreaterThan(2.5)
    expect(zero - values[120]!).toBeGreaterThan(5)
  })

  it('give networks of one’s own the styles in turn', () => {
    expect(networkStyle('mine', ['mine', 'yours'])).toBe(networkStyle('shallow'))
    expect(networkStyle('yours', ['mine', 'yours'])).toBe(networkStyle('deep'))
  })
})
