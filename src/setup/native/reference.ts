/** A convolution of one image, `[height, width, inputs]` with kernel `[size, size, inputs, outputs]`, valid padding, stride 1. */
export interface Convolution {
  readonly height: number
  readonly width: number
  readonly inputs: number
  readonly outputs: number
  readonly size: number
}

/** The product of `a`, `[m, k]`, and `b`, `[k, n]`, by definition. */
export function matMul(a: Float32Array, b: Float32Array, m: number, k: number, n: number): Float32Array {
  return Float32Array.from({ length: m * n }, (_, index) => {
    const row = Math.floor(index / n)
    let sum = 0
    for (let i = 0; i < k; i++) sum += a[row * k + i]! * b[i * n + (index % n)]!
    return sum
  })
}

/** A convolution and, for the gradient `dy` of its output, those of its image and its kernel, by definition. */
export function convolve(shape: Convolution, image: Float32Array, kernel: Float32Array, dy: Float32Array) {
  const y = new Float32Array(dy.length)
  const dImage = new Float32Array(image.length)
  const dKernel = new Float32Array(kernel.length)
  for (const { pixel, weight, output } of products(shape)) {
    y[output]! += image[pixel]! * kernel[weight]!
    dImage[pixel]! += dy[output]! * kernel[weight]!
    dKernel[weight]! += dy[output]! * image[pixel]!
  }
  return { y, dImage, dKernel }
}

/** Every product that a convolution sums up: which pixel with which weight goes into which output. */
function* products({ height, width, inputs, outputs, size }: Convolution) {
  for (let row = 0; row <= height - size; row++)
    for (let column = 0; column <= width - size; column++)
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++)
          for (let input = 0; input < inputs; input++)
            for (let output = 0; output < outputs; output++)
              yield {
                pixel: ((row + i) * width + column + j) * inputs + input,
                weight: ((i * size + j) * inputs + input) * outputs + output,
                output: (row * (width - size + 1) + column) * outputs + output,
              }
}
