import { describe, expect, it } from 'vitest'
import { methodStyles, networkStyles } from '../../src/catalogue/styles.js'
import { furtherStyles } from '../../src/figures/kit/further-styles.js'
import { diverging, methodStyle, networkStyle, sequential } from '../../src/figures/kit/palette.js'
import { entriesOf, register } from '../../src/values/registry.js'
import type { SeriesStyle } from '../../src/values/series-style.js'

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

/** CIELAB by the definition of 1976, for light of linear RGB. */
function lab([r, g, b]: Rgb): Rgb {
  const xyz = [
    (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047,
    0.2126729 * r + 0.7151522 * g + 0.072175 * b,
    (0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883,
  ]
  const [x, y, z] = xyz.map((t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * Math.max(0, t) + 16 / 116))
  return [116 * y! - 16, 500 * (x! - y!), 200 * (y! - z!)]
}

/** The light of a colour by the exact curve of sRGB, which differs from a power of 2.2 where it is dark. */
function light(color: string): Rgb {
  const channel = (at: number) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

const deltaE = (a: Rgb, b: Rgb) => Math.hypot(...lab(a).map((value, i) => value - lab(b)[i]!))

const hatch = ({ pattern, patternSize = 4, patternSolidity = 0.18 }: SeriesStyle) =>
  pattern && `${pattern} ${patternSize} ${patternSolidity}`

const contrast = ([r, g, b]: Rgb) => 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05)

const [networks, methods] = [Object.values(networkStyles), Object.values(methodStyles)]
const thesisMethods = ['sensitivity', 'gradientTimesInput', 'guidedBackprop', 'deepTaylor', 'lrpAlpha2Beta1']

describe.each([
  ['networks', networks, { lightness: 5, blind: 12 }],
  ['methods of the thesis', thesisMethods.map((id) => methodStyles[id]!), { lightness: 5, blind: 12 }],
  ['all methods', methods, { lightness: 2.2, blind: 9 }],
])('the shipped styles of %s', (_, styles, apart) => {
  it('differ in hatch, marker, dash and colour', () => {
    expect(new Set(styles.map(hatch)).size).toBe(styles.length)
    for (const property of ['symbol', 'dash', 'color'] as const) {
      expect(new Set(styles.map((style) => style[property])).size).toBe(styles.length)
    }
  })

  it('stand out from white paper with a contrast of at least 3', () => {
    for (const { color } of styles) expect(contrast(rgb(color)), color).toBeGreaterThan(3)
  })

  it('differ in lightness', () => {
    for (const [a, b] of pairs(styles.map((style) => lightness(rgb(style.color))))) {
      expect(Math.abs(a - b)).toBeGreaterThan(apart.lightness)
    }
  })

  it.each(['protan', 'deutan'] as const)('differ for %s vision', (kind) => {
    for (const [a, b] of pairs(styles.map((style) => dichromat(rgb(style.color), kind)))) {
      expect(difference(a, b)).toBeGreaterThan(apart.blind)
    }
  })
})

// What eight more than are shipped have to differ by: lightness in grey, ΔE in full colour, ΔE for either colour-blindness. A
// difference of 1 in lightness is just seen side by side.
describe.each([
  ['networks', networks, { lightness: 2.9, color: 15, blind: 14 }],
  ['methods', methods, { lightness: 1.6, color: 13, blind: 8 }],
])('eight further styles of %s', (_, shipped, apart) => {
  const further = furtherStyles(shipped, 8)
  const all = pairs([...shipped, ...further])

  it('differ from all others in hatch, marker and dash', () => {
    for (const [a, b] of all) {
      expect(hatch(a)).not.toBe(hatch(b))
      expect(a.symbol).not.toBe(b.symbol)
      expect(a.dash).not.toBe(b.dash)
    }
  })

  it('differ from all others in grey, in colour, and for either colour-blindness', () => {
    for (const [a, b] of all) {
      const names = `${a.color} and ${b.color}`
      const [x, y] = [light(a.color), light(b.color)]
      expect(Math.abs(lab(x)[0] - lab(y)[0]), names).toBeGreaterThan(apart.lightness)
      expect(deltaE(x, y), names).toBeGreaterThan(apart.color)
      for (const kind of ['protan', 'deutan'] as const)
        expect(deltaE(dichromat(x, kind), dichromat(y, kind)), names).toBeGreaterThan(apart.blind)
    }
  })

  it('stand out from white paper', () => {
    for (const { color } of further) expect(contrast(rgb(color)), color).toBeGreaterThan(3)
  })

  it('are the same however many are asked for, and go on beyond eight', () => {
    expect(furtherStyles([...shipped], 3)).toEqual(further.slice(0, 3))
    const many = furtherStyles(shipped, 40)
    expect(many.slice(0, 8)).toEqual(further)
    expect(new Set([...shipped, ...many].map(({ color }) => color)).size).toBe(shipped.length + 40)
  })
})

describe('styles', () => {
  it('of what is shipped are those of the catalogue', () => {
    for (const [id, style] of Object.entries(networkStyles)) expect(networkStyle(id)).toEqual(style)
    for (const [id, style] of Object.entries(methodStyles)) expect(methodStyle(id)).toEqual(style)
  })

  it('are one’s own where a value has one; without, they go by the order of definition', () => {
    const known = entriesOf('architecture')
    const taken = known.flatMap(({ style }) => style ?? [])
    const unstyled = known.length - taken.length
    const next = (place: number) => furtherStyles(taken, unstyled + place + 1)[unstyled + place]
    register('architecture', { id: 'mine', title: 'Mine' })
    register('architecture', { id: 'yours', title: 'Yours' })
    expect([networkStyle('mine'), networkStyle('yours')]).toEqual([next(0), next(1)])
    expect(networkStyle('never-defined', ['never-defined'])).toEqual(next(2))
    expect(networkStyle('nor-this', ['never-defined', 'nor-this'])).toEqual(next(3))

    const style: SeriesStyle = { color: '#123456', pattern: '|', symbol: 'star', dash: 'dot' }
    register('architecture', { id: 'styled', title: 'Styled', style })
    expect(networkStyle('styled')).toBe(style)
    // What is defined again keeps its place; others keep away from the new style.
    register('architecture', { id: 'mine', title: 'Mine again' })
    expect(networkStyle('mine')).toEqual(furtherStyles([...taken, style], unstyled + 1)[unstyled])
    expect(networkStyle('mine').pattern).not.toBe('|')
  })
})

describe('colour scales', () => {
  it('get darker with relevance', () => {
    const values = sequential().map(([, color]) => lightness(rgb(color)))
    for (const [i, value] of values.slice(1).entries()) expect(value).toBeLessThan(values[i]! - 3)
  })

  it('are white at 0, and red above it with and without signs alike', () => {
    expect(sequential()[0]).toEqual([0, '#ffffff'])
    for (const part of [0, 0.25, 0.5, 0.75, 1])
      expect(colorAt(diverging(), 0.5 + part / 2)).toEqual(colorAt(sequential(), part))
  })

  it('tell a negative value from 0 and from a positive one of the same size, in colour and for either colour-blindness', () => {
    for (const kind of [undefined, 'protan', 'deutan'] as const) {
      const at = (place: number) => {
        const color = colorAt(diverging(), place)
        return kind ? dichromat(color, kind) : color
      }
      for (const size of [0.1, 0.2, 0.3, 0.4, 0.5]) {
        const [negative, positive] = [at(0.5 - size), at(0.5 + size)]
        expect(difference(negative, at(0.5)), `${kind} ${size}`).toBeGreaterThan(4)
        expect(difference(negative, positive), `${kind} ${size}`).toBeGreaterThan(6)
      }
    }
  })

  it('get darker with negative relevance too, yet no darker than a middle grey, so that the white hatch of exports shows', () => {
    const values = Array.from({ length: 101 }, (_, i) => lightness(colorAt(diverging(), 0.5 - i / 200)))
    for (const [i, value] of values.slice(1).entries()) expect(value).toBeLessThan(values[i]! + 0.1)
    expect(values.at(-1)).toBeGreaterThan(45)
    expect(values.at(-1)).toBeLessThan(60)
  })
})
