import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import type { Dataset } from '../../../data/dataset.js'
import { datasetFromArrays } from '../../../data/dataset-from-arrays.js'
import { type RandomStream, randomStream } from '../../../data/random.js'
import { type BoxPosition, type BoxProblem, boxMask } from './box-problem.js'

/** Values beyond this many standard deviations are clipped, 6 in 100,000 of the noise and 1 in 700 of the box. */
const CLIP = 4

const TITLES: Readonly<Record<BoxPosition, string>> = {
  early: 'Early box',
  middle: 'Middle box',
  late: 'Late box',
}

/**
 * The sequences of a box as images `[features, steps]`, in two classes of equal number: noise of mean 0 and deviation 1, and in the box
 * noise of mean 1 in one class and −1 in the other (Ismail et al. 2019, Section 4 and their code).
 *
 * Networks read pixels in [−1, 1]: values are clipped to [−4, 4] and divided by 4, so that boxes differ from the rest by a quarter, a
 * standard deviation as published, and kept as bytes, in steps of 1/32 of a deviation.
 *
 * @throws RangeError naming the option that is out of range
 */
export function boxDataset(problem: BoxProblem, position: BoxPosition): Dataset {
  const mask = boxMask(problem, position)
  const { features: rows, steps: columns, seed } = problem
  const part = (name: string, count: number) => {
    const stream = randomStream(seed, 'box', position, name)
    const labels = Uint8Array.from({ length: count }, (_, i) => i % 2)
    const pixels = new Float32Array(count * mask.length)
    for (let i = 0; i < pixels.length; i++) {
      const label = labels[Math.floor(i / mask.length)]!
      const value = normal(stream) + mask[i % mask.length]! * (label === 1 ? 1 : -1)
      pixels[i] = Math.min(CLIP, Math.max(-CLIP, value))
    }
    return { rows, columns, pixels, labels }
  }
  return datasetFromArrays({
    id: `box-${position}`,
    title: TITLES[position],
    classes: ['below', 'above'],
    range: [-CLIP, CLIP],
    train: part('train', problem.training),
    test: part('test', problem.test),
  })
}

/** A number of mean 0 and deviation 1 (Box and Muller 1958). */
function normal(stream: RandomStream): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(stream)))
  return radius * Math.cos(2 * Math.PI * uniformFloat64(stream))
}
