/** Linear red, green and blue, 0 to 1. */
export type Rgb = readonly [red: number, green: number, blue: number]

/** CIELAB: lightness 0 to 100 (what is left in a grey print), green to red, blue to yellow. */
export type Lab = readonly [lightness: number, a: number, b: number]

/** The linear light of a colour `#rrggbb`. */
export const linearRgb = (color: string): Rgb => [channel(color, 1), channel(color, 3), channel(color, 5)]

function channel(color: string, at: number): number {
  const value = Number.parseInt(color.slice(at, at + 2), 16) / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

/** White of the sRGB colours (D65), and the matrix that takes linear light to XYZ and back. */
const [WHITE_X, WHITE_Z] = [0.95047, 1.08883]
const [EPSILON, KAPPA] = [216 / 24_389, 24_389 / 27]

/** A colour in CIELAB (CIE 1976). */
export function labOf([r, g, b]: Rgb): Lab {
  const root = (t: number) => (t > EPSILON ? Math.cbrt(t) : (KAPPA * t + 16) / 116)
  const x = root((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WHITE_X)
  const y = root(0.2126729 * r + 0.7151522 * g + 0.072175 * b)
  const z = root((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / WHITE_Z)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

/** The colour `#rrggbb` of a lightness, chroma and hue in radians; null where screens do not have it. */
export function colorOf(lightness: number, chroma: number, hue: number): string | null {
  const fy = (lightness + 16) / 116
  const cube = (t: number) => (t ** 3 > EPSILON ? t ** 3 : (116 * t - 16) / KAPPA)
  const x = WHITE_X * cube(fy + (chroma * Math.cos(hue)) / 500)
  const y = cube(fy)
  const z = WHITE_Z * cube(fy - (chroma * Math.sin(hue)) / 200)
  const linear = [
    3.2404542 * x - 1.5371385 * y - 0.4985314 * z,
    -0.969266 * x + 1.8760108 * y + 0.041556 * z,
    0.0556434 * x - 0.2040259 * y + 1.0572252 * z,
  ]
  if (linear.some((value) => value < 0 || value > 1)) return null
  return `#${linear.map(hexByte).join('')}`
}

function hexByte(linear: number): string {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055
  return Math.round(255 * value)
    .toString(16)
    .padStart(2, '0')
}

/** What people without red cones (protan) or green cones (deutan) see (Viénot, Brettel and Mollon 1999). */
export function dichromat([r, g, b]: Rgb, kind: 'protan' | 'deutan'): Rgb {
  const [fromRed, fromGreen, shift] =
    kind === 'protan' ? [0.11238, 0.88762, 0.00401] : [0.29275, 0.70725, -0.02234]
  const mixed = fromRed * r + fromGreen * g
  return [mixed, mixed, Math.max(0, shift * (r - g) + b)]
}

/** ΔE of CIE 1976. */
export const colorDifference = (a: Lab, b: Lab): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
