import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { afterAll, beforeEach } from 'vitest'
import { datasetFromArrays } from '../../../src/data/dataset-from-arrays.js'
import { randomStream } from '../../../src/data/random.js'
import type { Plan } from '../../../src/thesis/models/plan.js'
import { recipe } from '../../../src/thesis/models/recipes.js'

/** A folder in the place of the project's root, emptied before each test and removed after all; for `vi.mock` of project-root.js. */
export function emptyRoot(): string {
  const cache = join(process.cwd(), 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  const root = mkdtempSync(join(cache, 'test-models-'))
  beforeEach(() => {
    for (const name of ['data', 'results', 'node_modules'])
      rmSync(join(root, name), { recursive: true, force: true })
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))
  return root
}

/** Images of 8×6 in two classes, bright above or below. */
const images = (count: number, purpose: string) => {
  const stream = randomStream(1, purpose)
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 2)
  const pixels = Uint8Array.from({ length: count * 48 }, (_, i) => {
    const [image, row] = [Math.floor(i / 48), Math.floor(i / 6) % 8]
    return (row < 4 === (image % 2 === 0) ? 150 : 0) + 100 * uniformFloat64(stream)
  })
  return { rows: 8, columns: 6, pixels, labels }
}

/** A dataset that is read and trained on in a moment. */
export const halves = datasetFromArrays({
  id: 'halves',
  title: 'Halves',
  classes: ['above', 'below'],
  train: images(40, 'train'),
  test: images(12, 'test'),
})

/** Two epochs of four batches with a few neurons. */
export const smallPlan = (changes: Partial<Plan> = {}): Plan => {
  const plan = recipe(halves, 'shallow')
  return {
    ...plan,
    problem: { ...plan.problem, stepColumns: 3 },
    units: { hidden: 5, recurrent: 4 },
    training: { ...plan.training, epochs: 2, batchSize: 8, learningRate: 0.01, keepProbability: 0.8 },
    ...changes,
  }
}
