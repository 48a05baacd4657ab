import { colorOf, labOf, linearRgb } from '../figures/kit/color-space.js'
import type { Figure } from '../figures/kit/figure.js'

/** The page that a dark figure lies on, and its ink, as `#rrggbb`. */
export interface DarkPage {
  readonly page: string
  readonly ink: string
}

/** JupyterLab's own dark page, with ink a little short of white. */
export const DARK_PAGE: DarkPage = { page: '#111111', ink: '#e8e8e8' }

/** CIELAB's chroma from which a colour is one that a reader calls by its name. */
const COLORFUL = 18
/** A colour as light as that is a tint of the page. */
const TINT = 82
/** The least lightness at which a colourful mark keeps 3 : 1 against a dark page, with some room. */
const LEAST_MARK = 58

/** What texts say of the page's colour, and of what is far from it. */
const words: readonly [string, string][] = [
  ['white: 0', 'black: 0'],
  ['light to dark', 'dark to light'],
]

/** What is no colour, whatever it looks like. */
const textKeys = new Set([
  'text',
  'name',
  'hovertext',
  'customdata',
  'hovertemplate',
  'texttemplate',
  'source',
])

/**
 * A figure, or any part of its specification, for a dark page: ink and page change places, tints become dark tints, marks keep their
 * hue and become as light as the page needs, and colour scales run from the page to light.
 */
export function darkened<Part extends Figure | Figure['data'] | Figure['layout']>(
  part: Part,
  { page, ink }: DarkPage = DARK_PAGE,
): Part {
  const [from, to] = [lightnessOf(ink), lightnessOf(page)]
  const inverse = (lightness: number) => from + (lightness / 100) * (to - from)
  const mark = (color: string) => recolored(color, inverse, true)
  const shade = (color: string) => recolored(color, inverse, false)
  return walk(part, mark, shade) as Part
}

type Recolor = (color: string) => string

function walk(value: unknown, mark: Recolor, shade: Recolor): unknown {
  if (typeof value === 'string') return isColor(value) ? mark(value) : value
  if (Array.isArray(value)) return value.map((item) => walk(item, mark, shade))
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]): [string, unknown] => {
      if (textKeys.has(key) && typeof item === 'string') return [key, inWords(item)]
      if (textKeys.has(key)) return [key, item]
      return [key, walk(item, key === 'colorscale' ? shade : mark, shade)]
    }),
  )
}

const inWords = (text: string): string =>
  words.reduce((said, [light, dark]) => said.replace(light, dark), text)

const isColor = (text: string): boolean =>
  /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(text) || /^rgba?\([\d\s.,]+\)$/i.test(text) || text in named

const named: Readonly<Record<string, string>> = { white: '#ffffff', black: '#000000' }

/** @param isMark whether it is drawn on the page, and must stand out from it, instead of a step of a scale */
function recolored(color: string, inverse: (lightness: number) => number, isMark: boolean): string {
  const { hex, alpha } = parts(color)
  const [lightness, a, b] = labOf(linearRgb(hex))
  const chroma = Math.hypot(a, b)
  const keepsHue = isMark && chroma >= COLORFUL && lightness < TINT
  const wanted = keepsHue ? Math.max(LEAST_MARK, inverse(lightness)) : inverse(lightness)
  return withAlpha(nearest(wanted, chroma < 2 ? 0 : chroma, Math.atan2(b, a)), alpha)
}

/** The colour of a lightness and hue whose chroma is the wanted one, or the most that screens have. */
function nearest(lightness: number, chroma: number, hue: number): string {
  for (let part = chroma; part > 0.5; part -= 1) {
    const color = colorOf(lightness, part, hue)
    if (color !== null) return color
  }
  return colorOf(Math.min(99.9, lightness), 0, 0) ?? '#ffffff'
}

const lightnessOf = (color: string): number => labOf(linearRgb(color))[0]

function parts(color: string): { hex: string; alpha: string | null } {
  const known = named[color] ?? color
  if (known.startsWith('#'))
    return { hex: known.length === 4 ? known.replace(/[0-9a-f]/gi, '$&$&') : known, alpha: null }
  const [r = '0', g = '0', b = '0', alpha = null] = known.match(/[\d.]+/g) ?? []
  const hex = [r, g, b].map((value) => Math.round(Number(value)).toString(16).padStart(2, '0')).join('')
  return { hex: `#${hex}`, alpha: alpha === '1' ? null : alpha }
}

const withAlpha = (hex: string, alpha: string | null): string => {
  if (alpha === null) return hex
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
  return `rgba(${r},${g},${b},${alpha})`
}
