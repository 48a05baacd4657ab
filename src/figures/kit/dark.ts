import { colorOf, labOf, linearRgb } from './color-space.js'
import { look } from './look.js'

/** Lightness of the colours of series on white, and of their counterparts on dark paper. */
const [ON_WHITE, ON_DARK] = [
  [13, 61],
  [55, 92],
] as const
/** Lightness of fills behind text on dark paper. */
const [DARKEST_FILL, LIGHTEST_FILL] = [22, 44]

/** The colour of a series on the theme's paper: on dark paper the lighter for having been dark, so that series stay as far apart in grey. */
export function onPaper(color: string): string {
  if (!look.isDark) return color
  const part = (lightnessOf(color) - ON_WHITE[0]) / (ON_WHITE[1] - ON_WHITE[0])
  return withLightness(color, ON_DARK[1] - Math.min(1, Math.max(0, part)) * (ON_DARK[1] - ON_DARK[0]))
}

/** A light fill behind text, as the theme's paper needs it. */
export function fillOnPaper(color: string): string {
  if (!look.isDark) return color
  return withLightness(color, Math.min(LIGHTEST_FILL, Math.max(DARKEST_FILL, 122 - lightnessOf(color))))
}

const lightnessOf = (color: string): number => labOf(linearRgb(color))[0]

/** The same hue at another lightness, with as much of the colour as screens have there. */
function withLightness(color: string, lightness: number): string {
  const [, a, b] = labOf(linearRgb(color))
  for (let part = 1; part > 0; part -= 0.05) {
    const found = colorOf(lightness, part * Math.hypot(a, b), Math.atan2(b, a))
    if (found) return found
  }
  return colorOf(lightness, 0, 0) ?? color
}
