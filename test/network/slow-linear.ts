/** A linear map as a matrix in double precision: `values[i][j]` from input i to output j. */
export type Matrix = readonly (readonly number[])[]

/** A dense kernel `[in, out]`. */
export const denseMatrix = (kernel: ArrayLike<number>, [ins, outs]: readonly [number, number]): Matrix =>
  Array.from({ length: ins }, (_, i) => Array.from({ length: outs }, (_, j) => kernel[i * outs + j]!))

/** A SAME convolution with stride 1 of images `[height, width, in]`, kernel `[h, w, in, out]`, written out. */
export function convolutionMatrix(
  kernel: ArrayLike<number>,
  [h, w, ins, outs]: readonly [number, number, number, number],
  height: number,
  width: number,
): Matrix {
  const matrix = Array.from({ length: height * width * ins }, () =>
    new Array<number>(height * width * outs).fill(0),
  )
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let ky = 0; ky < h; ky++)
        for (let kx = 0; kx < w; kx++) {
          const [fromY, fromX] = [y + ky - (h - 1) / 2, x + kx - (w - 1) / 2]
          if (fromY < 0 || fromY >= height || fromX < 0 || fromX >= width) continue
          for (let i = 0; i < ins; i++)
            for (let o = 0; o < outs; o++)
              matrix[(fromY * width + fromX) * ins + i]![(y * width + x) * outs + o] =
                kernel[((ky * w + kx) * ins + i) * outs + o]!
        }
  return matrix
}

/** Rows of `[n, in]` through the matrix: Σ_i x_i m_ij. */
export function multiplied(rows: ArrayLike<number>, matrix: Matrix): number[] {
  const [ins, outs] = [matrix.length, matrix[0]!.length]
  const result: number[] = []
  for (let row = 0; row < rows.length / ins; row++)
    for (let j = 0; j < outs; j++) {
      let sum = 0
      for (let i = 0; i < ins; i++) sum += rows[row * ins + i]! * matrix[i]![j]!
      result.push(sum)
    }
  return result
}

/** The matrix of the adjoint map. */
export const flipped = (matrix: Matrix): Matrix => matrix[0]!.map((_, j) => matrix.map((row) => row[j]!))

type Shape = readonly [n: number, height: number, width: number, channels: number]

/** What is made of each 2×2 block of `[n, height, width, channels]`, from the values of the pixels that exist and their places. */
function blocks(
  x: ArrayLike<number>,
  [n, height, width, channels]: Shape,
  make: (covered: readonly number[], places: readonly number[]) => number,
): number[] {
  const result: number[] = []
  for (let image = 0; image < n; image++)
    for (let top = 0; top < height; top += 2)
      for (let left = 0; left < width; left += 2)
        for (let c = 0; c < channels; c++) {
          const places: number[] = []
          for (let y = top; y < Math.min(top + 2, height); y++)
            for (let z = left; z < Math.min(left + 2, width); z++)
              places.push(((image * height + y) * width + z) * channels + c)
          const covered = places.map((place) => x[place]!)
          result.push(make(covered, places))
        }
  return result
}

/** Means of 2×2 blocks of `[n, height, width, channels]`, over the pixels that exist. */
export const pooled = (x: ArrayLike<number>, shape: Shape): number[] =>
  blocks(x, shape, (covered) => covered.reduce((sum, value) => sum + value, 0) / covered.length)

/** The largest of 2×2 blocks of `[n, height, width, channels]`, over the pixels that exist. */
export const maxPooled = (x: ArrayLike<number>, shape: Shape): number[] =>
  blocks(x, shape, (covered) => Math.max(...covered))

/** Each block's signal in equal parts to its largest pixels, the adjoint of `maxPooled` where no two are equal. */
export function maxPooledBack(x: ArrayLike<number>, shape: Shape, signal: ArrayLike<number>): number[] {
  const received = new Array<number>(x.length).fill(0)
  let block = 0
  blocks(x, shape, (covered, places) => {
    const largest = Math.max(...covered)
    const winners = places.filter((place) => x[place] === largest)
    for (const winner of winners) received[winner] = signal[block]! / winners.length
    block++
    return largest
  })
  return received
}
