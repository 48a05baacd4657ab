import type { Raster } from './raster.js'

/** In which direction a sequence is read, step by step. */
export type Scan = 'leftToRight' | 'rightToLeft'

/** The columns of each time step in reading order: `steps` equal parts of a row-major raster, each again row-major. */
export function splitSteps(
  values: ArrayLike<number>,
  { rows, columns }: Raster,
  steps: number,
  scan: Scan = 'leftToRight',
): number[][] {
  const width = columns / steps
  const parts = Array.from({ length: steps }, (_, part) =>
    Array.from({ length: rows * width }, (_, i) => {
      const [row, column] = [Math.floor(i / width), i % width]
      return values[row * columns + part * width + column]!
    }),
  )
  return scan === 'leftToRight' ? parts : parts.reverse()
}

/** @throws if the columns of a sequence cannot be divided into steps, or into items */
export function assertSteps({ columns }: Raster, items: number, steps: number): void {
  if (!(Number.isInteger(steps) && steps >= 1) || columns % steps !== 0)
    throw new Error(`${columns} columns cannot be read in ${steps} equal steps`)
  assertItems({ columns }, items)
}

/** @throws if the columns of a sequence cannot be divided among its items */
export function assertItems({ columns }: Pick<Raster, 'columns'>, items: number): void {
  if (!(Number.isInteger(items) && items >= 1) || columns % items !== 0)
    throw new Error(`${columns} columns cannot be divided among ${items} items`)
}

const INTERVALS = [1, 2, 3, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000]

/** The steps that are numbered under an axis: the first, and multiples of a number that leaves at most five. */
export function stepTicks(count: number): number[] {
  const interval = INTERVALS.find((interval) => count / interval <= 5) ?? count
  return Array.from({ length: count }, (_, i) => i + 1).filter((step) => step === 1 || step % interval === 0)
}

/** The range of an axis of steps; it runs against the reading where that goes from right to left, so that it fits the picture. */
export const stepRange = (count: number, scan: Scan = 'leftToRight'): [number, number] =>
  scan === 'leftToRight' ? [0.5, count + 0.5] : [count + 0.5, 0.5]

/** Where an item begins and ends on an axis of steps. */
export function itemSpan(
  item: number,
  items: number,
  count: number,
  scan: Scan = 'leftToRight',
): [number, number] {
  const perItem = count / items
  return scan === 'leftToRight'
    ? [item * perItem + 0.5, (item + 1) * perItem + 0.5]
    : [(items - item) * perItem + 0.5, (items - item - 1) * perItem + 0.5]
}
