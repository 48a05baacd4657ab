/** How many pixels a side each data pixel becomes: a viewer that smooths bitmaps can then blur an eighth of it at most. */
export const MAGNIFICATION = 8

/** By how much blue exceeds red in a pixel that stands for a negative value and is not nearly zero's colour. */
const BLUE = 12

/** The part of a canvas's context in use, in a browser and in Node alike. */
export interface HatchContext {
  strokeStyle: unknown
  lineWidth: number
  beginPath(): void
  moveTo(x: number, y: number): void
  lineTo(x: number, y: number): void
  stroke(): void
  getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray }
}

/**
 * A stroke through each pixel of a negative value, which tells it from a positive one in a grey print, in a bitmap whose data pixels are
 * magnified already.
 *
 * @returns whether there was any
 */
export function hatchNegative(
  context: HatchContext,
  {
    columns,
    rows,
    stroke = '#ffffff',
  }: { readonly columns: number; readonly rows: number; readonly stroke?: string },
): boolean {
  const { data } = context.getImageData(0, 0, columns * MAGNIFICATION, rows * MAGNIFICATION)
  context.strokeStyle = stroke
  context.lineWidth = MAGNIFICATION / 5
  context.beginPath()
  let any = false
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const [left, top] = [column * MAGNIFICATION, row * MAGNIFICATION]
      const at = 4 * (top * columns * MAGNIFICATION + left)
      if (data[at + 2]! - data[at]! < BLUE) continue
      any = true
      context.moveTo(left, top + MAGNIFICATION)
      context.lineTo(left + MAGNIFICATION, top)
    }
  context.stroke()
  return any
}
