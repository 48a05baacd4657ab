/** CSS pixels per inch: the unit of `layout.width`, `font.size` and `margin`. */
export const PIXELS_PER_INCH = 96

/** Millimetres as CSS pixels. */
export const mm = (millimetres: number): number => (millimetres / 25.4) * PIXELS_PER_INCH

/** Typographic points as CSS pixels. */
export const pt = (points: number): number => (points / 72) * PIXELS_PER_INCH

/** CSS pixels as typographic points. */
export const toPoints = (pixels: number): number => (pixels / PIXELS_PER_INCH) * 72

/** CSS pixels as millimetres. */
export const toMillimetres = (pixels: number): number => (pixels / PIXELS_PER_INCH) * 25.4
