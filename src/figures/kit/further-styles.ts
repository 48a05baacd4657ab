import type { SeriesStyle } from '../../values/series-style.js'
import { colorDifference, colorOf, dichromat, type Lab, labOf, linearRgb } from './color-space.js'

/** A colour as everybody sees it, in grey and in colour. */
interface SeenColor {
  readonly color: string
  /** In CIELAB: in full, without red cones, without green cones. */
  readonly seen: readonly Lab[]
}

/** What two series should differ by: lightness in grey print, ΔE in full colour, ΔE for either kind of colour-blindness. */
const WANTED = { lightness: 2.5, color: 16, blind: 12 }

/** Beyond this much of what is wanted, colours are chosen for their difference in full. */
const ENOUGH = 1.2

/** Lightness from nearly black to a contrast of 3 with white paper. */
const [DARKEST, LIGHTEST, LIGHTNESS_STEP] = [13, 61, 0.5]
const HUES = 24
const CHROMAS = [60, 42, 26]

type Hatch = Pick<SeriesStyle, 'pattern' | 'patternSize' | 'patternSolidity'>

const SHAPES = ['/', '\\', 'x', '-', '|', '+', '.'] as const
/** The hatches of what is shipped, wide ones, bold ones, and very wide ones. */
const HATCHES: readonly Hatch[] = [
  { pattern: '' },
  ...SHAPES.map((pattern): Hatch => ({ pattern })),
  ...SHAPES.map((pattern): Hatch => ({ pattern, patternSize: 8, patternSolidity: 0.15 })),
  ...SHAPES.map((pattern): Hatch => ({ pattern, patternSize: 6, patternSolidity: 0.42 })),
  ...SHAPES.map((pattern): Hatch => ({ pattern, patternSize: 12, patternSolidity: 0.3 })),
]

const SYMBOLS = [
  ...[
    'circle',
    'square',
    'diamond',
    'triangle-up',
    'triangle-down',
    'cross',
    'star',
    'hourglass',
    'pentagon',
  ],
  ...[
    'triangle-left',
    'bowtie',
    'x',
    'triangle-right',
    'hexagram',
    'diamond-tall',
    'star-square',
    'diamond-wide',
  ],
  ...[
    'star-triangle-up',
    'hexagon',
    'star-triangle-down',
    'star-diamond',
    'octagon',
    'triangle-ne',
    'triangle-sw',
  ],
  ...['circle-dot', 'square-dot', 'diamond-dot', 'triangle-up-dot', 'cross-dot', 'pentagon-dot', 'star-dot'],
]

const DASHES: readonly SeriesStyle['dash'][] = [
  ...(['solid', 'dash', 'dot', 'dashdot', 'longdash', 'longdashdot'] as const),
  ...(['2px,4px', '9px,2px', '5px,2px,1px,2px,1px,2px', '12px,4px', '3px,1px', '8px,3px,3px,3px'] as const),
  ...([
    '1px,4px',
    '6px,6px',
    '10px,2px,2px,2px,2px,2px',
    '4px,4px,1px,4px',
    '14px,2px',
    '2px,1px,6px,1px',
  ] as const),
  ...(['7px,1px,1px,1px', '12px,8px', '3px,3px,9px,3px', '1px,2px,4px,2px'] as const),
]

/**
 * Styles for `count` further series: each differs from all of `taken` and from the ones before it in colour, hatch, marker, dash and
 * in lightness in grey, as much as there is room for. The same series always get the same styles, and more of them change none.
 */
export function furtherStyles(taken: readonly SeriesStyle[], count: number): SeriesStyle[] {
  const key = JSON.stringify(taken)
  const known = generated.get(key) ?? []
  generated.set(key, known)
  if (known.length < count) {
    const used = [...taken, ...known]
    const colors = colorChoice(used.map(({ color }) => color))
    while (known.length < count) {
      const style: SeriesStyle = {
        color: colors(),
        ...unused(HATCHES, used, (hatch, style) => hatchName(hatch) === hatchName(style)),
        symbol: unused(SYMBOLS, used, (symbol, style) => symbol === style.symbol),
        dash: unused(DASHES, used, (dash, style) => dash === style.dash),
      }
      known.push(style)
      used.push(style)
    }
  }
  return known.slice(0, count)
}

const generated = new Map<string, SeriesStyle[]>()

/** Tells hatches apart, sizes included. */
export const hatchName = ({ pattern, patternSize = 4, patternSolidity = 0.18 }: Hatch): string =>
  pattern && `${pattern} ${patternSize} ${patternSolidity}`

/** The first choice that no series has; when all are in use, they start again. */
function unused<Choice>(
  choices: readonly Choice[],
  used: readonly SeriesStyle[],
  isOf: (choice: Choice, style: SeriesStyle) => boolean,
): Choice {
  const free = choices.find((choice) => !used.some((style) => isOf(choice, style)))
  return free ?? choices[used.length % choices.length]!
}

/** Gives one colour after the other, each as far as can be from those in use and those given before. */
function colorChoice(used: readonly string[]): () => string {
  const all = candidates().map((candidate) => ({ candidate, room: Number.POSITIVE_INFINITY }))
  const use = (color: string) => {
    const taken = seen(color)
    for (const entry of all) entry.room = Math.min(entry.room, distance(entry.candidate, taken))
  }
  for (const color of used) use(color)
  return () => {
    const best = all.reduce((best, entry) => (entry.room > best.room ? entry : best))
    use(best.candidate.color)
    return best.candidate.color
  }
}

/** How well two colours are told apart, in units of what is wanted; lightness counts most, since grey print has nothing else. */
function distance({ seen: a }: SeenColor, { seen: b }: SeenColor): number {
  const lightness = Math.abs(a[0]![0] - b[0]![0]) / WANTED.lightness
  const color = colorDifference(a[0]!, b[0]!) / WANTED.color
  const blind = Math.min(colorDifference(a[1]!, b[1]!), colorDifference(a[2]!, b[2]!)) / WANTED.blind
  return Math.min(lightness, color, blind, ENOUGH) + 0.02 * Math.min(color, blind, 3)
}

function seen(color: string): SeenColor {
  const light = linearRgb(color)
  return { color, seen: [light, dichromat(light, 'protan'), dichromat(light, 'deutan')].map(labOf) }
}

/** Colours of every lightness and hue, made once. */
function candidates(): readonly SeenColor[] {
  if (pool.length > 0) return pool
  for (let lightness = DARKEST; lightness <= LIGHTEST; lightness += LIGHTNESS_STEP)
    for (const chroma of CHROMAS)
      for (let hue = 0; hue < HUES; hue++) {
        const color = colorOf(lightness, chroma, (2 * Math.PI * hue) / HUES)
        if (color !== null) pool.push(seen(color))
      }
  return pool
}

const pool: SeenColor[] = []
