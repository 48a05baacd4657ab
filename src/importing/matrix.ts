import type { ParameterValues } from '../network/parameters.js'
import { sizeOf } from '../network/parameters.js'

/** `[out, in]`, as PyTorch keeps kernels, to `[in, out]`. */
export function transposed({ shape, values }: ParameterValues): ParameterValues {
  const [rows, columns] = shape as [number, number]
  const result = new Float32Array(values.length)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      result[column * rows + row] = values[row * columns + column]!
  return { shape: [columns, rows], values: result }
}

/** A vector, or the columns of a matrix, cut into equal blocks. */
export function blocksOf({ shape, values }: ParameterValues, count: number): ParameterValues[] {
  const columns = shape[shape.length - 1]!
  const width = columns / count
  return Array.from({ length: count }, (_, block) => ({
    shape: [...shape.slice(0, -1), width],
    values: Float32Array.from(
      { length: values.length / count },
      (_, i) => values[Math.floor(i / width) * columns + block * width + (i % width)]!,
    ),
  }))
}

/** Vectors one after the other, or matrices side by side. */
export function sideBySide(parts: readonly ParameterValues[]): ParameterValues {
  const widths = parts.map(({ shape }) => shape[shape.length - 1]!)
  const columns = widths.reduce((sum, width) => sum + width, 0)
  const rows = parts[0]!.values.length / widths[0]!
  const values = new Float32Array(rows * columns)
  let start = 0
  for (const [i, part] of parts.entries()) {
    const width = widths[i]!
    for (let row = 0; row < rows; row++)
      values.set(part.values.subarray(row * width, (row + 1) * width), row * columns + start)
    start += width
  }
  return { shape: [...parts[0]!.shape.slice(0, -1), columns], values }
}

/** a·x + b of every number, in double precision. */
export const scaled = ({ shape, values }: ParameterValues, a: number, b = 0): ParameterValues => ({
  shape,
  values: values.map((value) => a * value + b),
})

/** The sum of two tensors of one shape. */
export const added = (left: ParameterValues, right: ParameterValues): ParameterValues => ({
  shape: left.shape,
  values: left.values.map((value, i) => value + right.values[i]!),
})

export const zeros = (shape: readonly number[]): ParameterValues => ({
  shape,
  values: new Float32Array(sizeOf(shape)),
})
