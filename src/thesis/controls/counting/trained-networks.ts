import { rLstm } from '../../../architectures/r-lstm.js'
import type { NamedValues } from '../../../network/parameters.js'
import { countingLstm } from './counting-lstm.js'
import { type CountingNetwork, forwardBySteps, type TrainingEvents } from './counting-network.js'
import { countingGeometry, countingSequences } from './counting-sequences.js'
import { addition, type CountingTask, counting, subtraction } from './counting-task.js'
import { type CountingTraining, countingError, trainCounting } from './train-counting.js'

/** A training that ends above this error is begun anew: its network has not learned to add. */
const LARGEST_ERROR = 1e-3

/** Trainings at most. */
const ATTEMPTS = 4

/** What a training is judged on: longer than what it saw, shorter than what is explained, as in the paper. */
const VALIDATION = { count: 500, steps: 11, purpose: 'validation' } as const

/** A network that is trained from each seed. */
export function trainedNetwork(
  network: Omit<CountingNetwork, 'parameters'>,
  training: CountingTraining,
): CountingNetwork {
  return { ...network, parameters: (seed, events) => bestOf(network, training, seed, events) }
}

/** The first training that reaches the error, or the best of all. */
async function bestOf(
  network: Omit<CountingNetwork, 'parameters'>,
  training: CountingTraining,
  seed: number,
  { signal, onProgress }: TrainingEvents = {},
): Promise<NamedValues> {
  const validation = countingSequences(network.task, { ...VALIDATION, seed })
  let best: { readonly error: number; readonly parameters: NamedValues } | null = null
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const events = {
      signal,
      onProgress: (done: number) => onProgress?.((attempt + done) / ATTEMPTS),
    }
    // Seeds of attempts are out of reach of the seeds that are counted from 0.
    const parameters = await trainCounting(network, training, seed + attempt * 2 ** 32, events)
    const error = countingError(network, parameters, validation)
    if (best === null || error < best.error) best = { error, parameters }
    if (error <= LARGEST_ERROR) break
  }
  return best!.parameters
}

/** Lengths of training: the ends of the paper's 4 to 10. */
const STEPS = [4, 10]

/** A small R-LSTM that learned to count. */
export const trainedRLstm: CountingNetwork = (() => {
  const units = { input: 8, cell: 4 }
  return trainedNetwork(
    {
      id: 'r-lstm-trained',
      title: 'R-LSTM, trained',
      task: counting,
      specs: rLstm.parameters(countingGeometry(counting, 1), units),
      forward: forwardBySteps((steps) => rLstm.forward(countingGeometry(counting, steps), units)),
    },
    { updates: 3000, batchSize: 64, learningRate: 0.03, steps: STEPS },
  )
})()

/** The paper's network: an LSTM of one cell with tanh. */
function trainedLstm(task: CountingTask): CountingNetwork {
  const architecture = countingLstm('tanh')
  const { units } = architecture
  return trainedNetwork(
    {
      id: `lstm-trained-${task.id}`,
      title: `LSTM, tanh, trained, ${task.title}`,
      task,
      specs: architecture.parameters(countingGeometry(task, 1), units),
      forward: forwardBySteps((steps) => architecture.forward(countingGeometry(task, steps), units)),
    },
    { updates: 3000, batchSize: 32, learningRate: 0.1, steps: STEPS },
  )
}

/** The paper's network after it learned to add. */
export const trainedAddition: CountingNetwork = trainedLstm(addition)

/** The paper's network after it learned to subtract. */
export const trainedSubtraction: CountingNetwork = trainedLstm(subtraction)
