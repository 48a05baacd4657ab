import { useBackend } from '../src/backend/use-backend.js'
import { assembleBatch, batchesOf, batchLabels, permutation } from '../src/data/batches.js'
import { architectureOf, majority } from '../src/thesis/index.js'
import { stepper } from './ours.js'
import { peakMemory } from './peak-memory.js'
import { problem } from './problem.js'
import { time } from './time.js'

// A model in a process of its own, as npm run train --jobs has it: told "go" once it is warm, it trains on real sequences.
const [network = '', size = '', warmUp = '', repeats = ''] = process.argv.slice(2)
await useBackend()
const { train } = await majority('mnist-maj')
const batches = batchesOf(
  permutation(train.count, 1).slice(0, Number(size) * (Number(warmUp) + Number(repeats))),
  Number(size),
)
const pixels = new Float32Array(Number(size) * train.rows * train.columns)
const trained = problem(await architectureOf(network))
const shape: [number, number, number] = [Number(size), train.rows, train.columns]
const batch = { x: pixels, shape, labels: new Int32Array(Number(size)) }
const step = stepper(trained, batch)
const next = () => {
  const which = batches.pop()!
  assembleBatch(train, which, pixels)
  batch.labels.set(batchLabels(train, which))
  step()
}
time(next, Number(warmUp))
process.send!({ ready: true })
process.once('message', () => {
  const start = performance.now()
  time(next, Number(repeats))
  const milliseconds = performance.now() - start
  process.send!({ milliseconds, peakBytes: peakMemory() }, () => process.exit())
})
