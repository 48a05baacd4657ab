import type { TensorValues } from '../files/safetensors.js'
import type { Imported } from './imported.js'
import { inputShape } from './signal.js'

/**
 * Inputs in the shape of an imported model's own input, `[batch, …]`, and in its range, as this project's sequences
 * `[batch, rows, steps·stepColumns]` in [−1, 1].
 *
 * @throws Error when they have another shape
 */
export function toSequences(
  { shape, values }: TensorValues,
  { network: { input }, geometry }: Pick<Imported, 'network' | 'geometry'>,
): TensorValues {
  const { rows, stepColumns, steps } = geometry
  const [batch = 0, ...own] = shape
  const wanted = inputShape(input, geometry)
  if (own.join() !== wanted.join())
    throw new Error(`inputs have shape [${shape}]; this model reads [batch, ${wanted.join(', ')}]`)
  const columns = steps * stepColumns
  const [low, high] = input.trainedOn
  const pixels = values.map((value) => (2 * (value - low)) / (high - low) - 1)
  if (input.reads === 'image') return { shape: [batch, rows, columns], values: pixels }
  const sequences = new Float32Array(values.length)
  let at = 0
  for (let sequence = 0; sequence < batch; sequence++)
    for (let step = 0; step < steps; step++)
      for (let row = 0; row < rows; row++) {
        const to = (sequence * rows + row) * columns + step * stepColumns
        sequences.set(pixels.subarray(at, at + stepColumns), to)
        at += stepColumns
      }
  return { shape: [batch, rows, columns], values: sequences }
}
