import type { RelevanceScale } from '../../shared/manifest.js'
import { type ColorTable, colorIndex, inkTable, type Theme } from './colors.js'

/** Values of a map, row-major, whose pixels are painted one by one. */
export interface Raster {
  readonly rows: number
  readonly columns: number
  readonly values: ArrayLike<number>
}

/** Paints relevance; columns before `from` stay empty. */
export function relevanceImage(
  { rows, columns, values }: Raster,
  scale: RelevanceScale,
  table: ColorTable,
  from = 0,
): ImageData {
  const image = new ImageData(columns, rows)
  const pixels = new Uint32Array(image.data.buffer)
  const colors = scale.signed ? table.diverging : table.sequential
  for (let i = 0; i < values.length; i++)
    pixels[i] = colors[colorIndex(i % columns < from ? 0 : values[i]!, scale)]!
  return image
}

/** Paints ink, from 0 to 255, on paper. */
export function inkImage({ rows, columns, values }: Raster, theme: Theme): ImageData {
  const image = new ImageData(columns, rows)
  const pixels = new Uint32Array(image.data.buffer)
  const colors = inkTable(theme)
  for (let i = 0; i < values.length; i++) pixels[i] = colors[Math.round(values[i]!)]!
  return image
}

/** The items of a sequence side by side, as one map. */
export function sideBySide(
  items: readonly { readonly pixels: Uint8Array }[],
  rows: number,
  columns: number,
): Raster {
  const width = items.length * columns
  const values = new Uint8Array(rows * width)
  for (const [place, { pixels }] of items.entries())
    for (let row = 0; row < rows; row++)
      values.set(pixels.subarray(row * columns, (row + 1) * columns), row * width + place * columns)
  return { rows, columns: width, values }
}

/** Ink from here on is inside the outline. */
const INSIDE = 100

/** The outline of what is drawn, along the borders of pixels, as the path of an SVG. */
export function outlinePath({ rows, columns, values }: Raster): string {
  const isInk = (row: number, column: number) =>
    row >= 0 && row < rows && column >= 0 && column < columns && values[row * columns + column]! >= INSIDE
  const parts: string[] = []
  for (let row = 0; row <= rows; row++)
    for (let column = 0; column < columns; column++)
      if (isInk(row - 1, column) !== isInk(row, column)) parts.push(`M${column} ${row}h1`)
  for (let column = 0; column <= columns; column++)
    for (let row = 0; row < rows; row++)
      if (isInk(row, column - 1) !== isInk(row, column)) parts.push(`M${column} ${row}v1`)
  return parts.join('')
}
