import type { Raster } from './raster.js'

/** The columns of each time step: `steps` equal parts of a row-major raster, each again row-major. */
export function splitSteps(values: ArrayLike<number>, { rows, columns }: Raster, steps: number): number[][] {
  const width = columns / steps
  return Array.from({ length: steps }, (_, step) =>
    Array.from({ length: rows * width }, (_, i) => {
      const [row, column] = [Math.floor(i / width), i % width]
      return values[row * columns + step * width + column]!
    }),
  )
}

/** @throws if the columns of a sequence cannot be divided into its items, or an item into whole steps */
export function assertSteps({ columns }: Raster, items: number, steps: number): void {
  if (columns % steps !== 0 || steps % items !== 0) {
    throw new Error(`${columns} columns cannot be read in ${steps} equal steps that divide ${items} items`)
  }
}
