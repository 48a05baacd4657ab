import type { CountingSequences } from './counting-sequences.js'
import { CHANNELS } from './counting-task.js'

/** The right logits `[count, classes]`: what the numbers of each sequence add up to. */
export function rightLogits(sequences: CountingSequences): Float32Array {
  const { count, task } = sequences
  const classes = task.weights.length
  return Float32Array.from({ length: count * classes }, (_, i) => {
    const contributions = contributionsTo(sequences, Math.floor(i / classes), i % classes)
    return contributions.reduce((sum, part) => sum + part, 0)
  })
}

/** The right relevance of every input for the target's logit, `[count, CHANNELS, steps]`: each number's own signed contribution. */
export function rightRelevance(sequences: CountingSequences): Float32Array {
  const { count, target, pixels } = sequences
  const right = new Float32Array(pixels.length)
  for (let i = 0; i < count; i++)
    right.set(contributionsTo(sequences, i, target[i]!), (i * pixels.length) / count)
  return right
}

/** weights[k][c] · x of one sequence, `[CHANNELS, steps]`. */
function contributionsTo(
  { task, geometry: { steps }, pixels }: CountingSequences,
  sequence: number,
  k: number,
): number[] {
  const first = sequence * CHANNELS * steps
  return Array.from(
    { length: CHANNELS * steps },
    (_, i) => task.weights[k]![Math.floor(i / steps)]! * pixels[first + i]!,
  )
}
