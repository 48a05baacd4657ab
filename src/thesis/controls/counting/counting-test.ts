import { setImmediate } from 'node:timers/promises'
import * as tf from '@tensorflow/tfjs-core'
import { useBackend } from '../../../backend/use-backend.js'
import { methods as shippedMethods } from '../../../catalogue/index.js'
import { explainBatch, type Method } from '../../../explanation/index.js'
import type { Parameters } from '../../../network/operations.js'
import { toTensors } from '../../../network/parameters.js'
import { checkDistinct } from '../../evaluation/check-distinct.js'
import { type TableOf, tableOf } from '../../reading/table-of.js'
import type { CountingNetwork, TrainingEvents } from './counting-network.js'
import { type CountingSequences, countingSequences } from './counting-sequences.js'
import { CHANNELS } from './counting-task.js'
import { exactAddition, exactRLstm, exactSubtraction } from './exact-networks.js'
import { COUNTING_SCORES, type CountingScores, scoreCounting } from './score-counting.js'
import { countingError } from './train-counting.js'
import { trainedAddition, trainedRLstm, trainedSubtraction } from './trained-networks.js'

/** The networks of the test: set by hand, then trained; first those whose every signal is ≥ 0. */
export const countingNetworks: readonly CountingNetwork[] = [
  exactRLstm,
  trainedRLstm,
  exactAddition,
  trainedAddition,
  exactSubtraction,
  trainedSubtraction,
]

/** What a method scored on the sequences of one seed. */
export interface CountingRow extends Readonly<{ [Score in keyof CountingScores]: number | null }> {
  /** The network's id. */
  readonly network: string
  /** The method's id. */
  readonly method: string
  /** What the method is called where there is little room. */
  readonly title: string
  readonly seed: number
  /** How many sequences were explained. */
  readonly sequences: number
  /** The network's own mean squared error on these sequences. */
  readonly error: number
  /** Why the method cannot explain the network, naming the layer; null where it can, and its scores are null else. */
  readonly refusal: string | null
}

export interface CountingTestOptions extends TrainingEvents {
  /** Default: those that are shipped, random and uniform relevance among them. */
  readonly methods?: readonly Method[]
  /** Default: `countingNetworks`. */
  readonly networks?: readonly CountingNetwork[]
  /** Of training and of the sequences. Default: 1 to 5. */
  readonly seeds?: readonly number[]
  /** How many sequences are explained for each network and seed. Default: 500. */
  readonly sequences?: number
  /** Their length. Default: the paper's 13, longer than all that was trained on. */
  readonly steps?: number
}

const COLUMNS = [
  'network',
  'method',
  'title',
  'seed',
  'sequences',
  'error',
  ...COUNTING_SCORES,
  'refusal',
] as const satisfies readonly (keyof CountingRow)[]

const NO_SCORES = Object.fromEntries(COUNTING_SCORES.map((score) => [score, null])) as Readonly<
  Record<keyof CountingScores, null>
>

/**
 * A control with a right answer: networks that add numbers up, whose every input is relevant by exactly what it adds (Arras, Osman et
 * al. 2019, Evaluating recurrent neural network explanations, the toy arithmetic task). A correct method correlates with that by 1; chance
 * is 0.
 *
 * @returns a row for each network, seed and method
 * @throws RangeError when two methods have one id, no seed or sequence is wanted, relevance is not finite, or sequences are too short; the
 *   signal's reason when it ends the work
 * @example
 * const table = await countingTest({ methods: [deepTaylor, lrpEpsilon], seeds: [1], sequences: 100 })
 */
export async function countingTest(options: CountingTestOptions = {}): Promise<TableOf<CountingRow>> {
  const {
    methods = shippedMethods,
    networks = countingNetworks,
    seeds = [1, 2, 3, 4, 5],
    sequences: count = 500,
    steps = 13,
    signal,
    onProgress,
  } = options
  checkDistinct('method', methods)
  if (seeds.length === 0) throw new RangeError('no seed is given; at least one is needed')
  await useBackend()
  const rows: CountingRow[] = []
  const runs = networks.flatMap((network) => seeds.map((seed) => ({ network, seed })))
  for (const [turn, { network, seed }] of runs.entries()) {
    // Training takes about as long as explaining.
    const tell = (half: 0 | 1, done: number) => onProgress?.((turn + (half + done) / 2) / runs.length)
    signal?.throwIfAborted()
    const parameters = await network.parameters(seed, { signal, onProgress: (done) => tell(0, done) })
    const sequences = countingSequences(network.task, { count, steps, seed, purpose: 'test' })
    const about = {
      network: network.id,
      seed,
      sequences: count,
      error: countingError(network, parameters, sequences),
    }
    const w = toTensors(parameters)
    try {
      for (const [index, method] of methods.entries()) {
        signal?.throwIfAborted()
        const named = { method: method.id, title: method.short ?? method.title }
        rows.push({ ...about, ...named, ...outcome(network, w, sequences, method) })
        tell(1, (index + 1) / methods.length)
        // Lets an interrupt or a progress display have its turn.
        await setImmediate()
      }
    } finally {
      tf.dispose(w)
    }
  }
  return tableOf(rows, COLUMNS)
}

type Outcome = Pick<CountingRow, keyof CountingScores | 'refusal'>

function outcome(
  { forward }: CountingNetwork,
  w: Parameters,
  sequences: CountingSequences,
  method: Method,
): Outcome {
  const { task, geometry, target } = sequences
  const x = pixelsOf(sequences)
  try {
    const options = { method, target, range: task.range, geometry }
    const explained = explainBatch(forward(geometry.steps), w, x, options)
    const f = Float64Array.from(target, (k, i) => explained.logits[i * geometry.classes + k]!)
    return { ...scoreCounting(sequences, explained.relevance, f), refusal: null }
  } catch (error) {
    if (error instanceof RangeError || !(error instanceof Error)) throw error
    return { ...NO_SCORES, refusal: error.message }
  } finally {
    x.dispose()
  }
}

const pixelsOf = ({ count, pixels, geometry: { steps } }: CountingSequences): tf.Tensor3D =>
  tf.tensor3d(pixels, [count, CHANNELS, steps], 'float32')
