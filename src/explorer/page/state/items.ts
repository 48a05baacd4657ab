/** Who says of what class an item is. */
export type LabelSource = 'example' | 'user' | 'network'

/** One item of the sequence on the page. */
export interface Item {
  /** `[rows·columns]`, row-major, 0 (paper) to 255 (ink). */
  readonly pixels: Uint8Array
  /** Null where the network is to read it. */
  readonly label: number | null
  readonly source: LabelSource
}

/** The size of an item. */
export interface ItemSize {
  readonly rows: number
  readonly columns: number
}

export const emptyItem = ({ rows, columns }: ItemSize): Item => ({
  pixels: new Uint8Array(rows * columns),
  label: null,
  source: 'network',
})

export const isEmpty = ({ pixels }: Item): boolean => !pixels.some(Boolean)

/** The item with other pixels: what a test image was is no longer known, what the user said it is still is. */
export const redrawn = (item: Item, pixels: Uint8Array): Item =>
  item.source === 'user' ? { ...item, pixels } : { pixels, label: null, source: 'network' }

/** The items with two of them exchanged. */
export function swapped(items: readonly Item[], one: number, other: number): Item[] {
  const result = [...items]
  result[one] = items[other]!
  result[other] = items[one]!
  return result
}

/** The item moved by so many pixels; what leaves its frame is gone. */
export function moved(item: Item, { rows, columns }: ItemSize, right: number, down: number): Item {
  const pixels = new Uint8Array(rows * columns)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const [fromRow, fromColumn] = [row - down, column - right]
      if (fromRow < 0 || fromRow >= rows || fromColumn < 0 || fromColumn >= columns) continue
      pixels[row * columns + column] = item.pixels[fromRow * columns + fromColumn]!
    }
  return { ...item, pixels }
}

/** A point on the sequence in pixels, from its upper left corner. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Pen {
  readonly isEraser: boolean
  /** In pixels. */
  readonly radius: number
}

/** The items after a straight stroke of a soft pen, which may run over several of them. */
export function stroked(items: readonly Item[], size: ItemSize, from: Point, to: Point, pen: Pen): Item[] {
  return items.map((item, place) => {
    const pixels = strokedPixels(item.pixels, size, place * size.columns, from, to, pen)
    return pixels === null ? item : redrawn(item, pixels)
  })
}

function strokedPixels(
  before: Uint8Array,
  { rows, columns }: ItemSize,
  left: number,
  from: Point,
  to: Point,
  { isEraser, radius }: Pen,
): Uint8Array | null {
  const reach = radius + 1
  const [first, last] = [Math.min(from.x, to.x) - reach, Math.max(from.x, to.x) + reach]
  if (last < left || first > left + columns) return null
  const pixels = before.slice()
  let isChanged = false
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const away = distanceTo(left + column + 0.5, row + 0.5, from, to)
      const ink = Math.round(255 * Math.min(1, Math.max(0, radius + 0.5 - away)))
      if (ink === 0) continue
      const at = row * columns + column
      const after = isEraser ? Math.min(pixels[at]!, 255 - ink) : Math.max(pixels[at]!, ink)
      isChanged ||= after !== pixels[at]
      pixels[at] = after
    }
  return isChanged ? pixels : null
}

/** How far a point lies from a line from one point to another. */
function distanceTo(x: number, y: number, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / length))
  return Math.hypot(x - from.x - along * dx, y - from.y - along * dy)
}
