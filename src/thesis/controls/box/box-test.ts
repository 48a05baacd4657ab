import type { Architecture } from '../../../architectures/index.js'
import type { Dataset } from '../../../data/dataset.js'
import type { MajoritySequences } from '../../../data/majority.js'
import { type MaskMeasure, maskMeasures } from '../../../evaluation/masks/index.js'
import type { Method } from '../../../explanation/method.js'
import { bootstrapInterval, mean } from '../../../statistics/index.js'
import type { TrainingOptions } from '../../../training/options.js'
import { checkDistinct } from '../../evaluation/check-distinct.js'
import { explainInBatches } from '../../evaluation/explain-in-batches.js'
import { majority } from '../../models/majority.js'
import type { Model } from '../../models/model-value.js'
import { geometryOf } from '../../models/problem.js'
import { randomParameters } from '../../models/random-network.js'
import { trainOnSubset } from '../../models/train-on-subset.js'
import { isUnfinished } from '../../models/unfinished-model.js'
import { type TableOf, tableOf } from '../../reading/table-of.js'
import { architectureOf, methodOf } from '../../values/value-of.js'
import { boxDataset } from './box-dataset.js'
import { boxPlan } from './box-plan.js'
import { BOX_POSITIONS, BOX_PROBLEM, type BoxPosition, type BoxProblem, boxMask } from './box-problem.js'

export interface BoxTestOptions {
  /** Networks, or their ids or files. */
  readonly networks: readonly (Architecture | string)[]
  /** Methods, or their ids or files. */
  readonly methods: readonly (Method | string)[]
  /** Default: early, middle and late. */
  readonly positions?: readonly BoxPosition[]
  /** Default: weighted Jaccard, AUP and AUR. */
  readonly measures?: readonly MaskMeasure[]
  /** What differs from `BOX_PROBLEM`. */
  readonly problem?: Partial<BoxProblem>
  /** What differs from `BOX_TRAINING`. */
  readonly training?: Partial<Omit<TrainingOptions, 'patience'>>
  /** How many test sequences are explained, ≥ 1. Default: all. */
  readonly sequences?: number
  /** Whether every network is tested before training too. Default: false. */
  readonly untrained?: boolean
  /** Where checkpoints go. Default: `results/checkpoints`. */
  readonly folder?: string
  /** Ends the work after a batch, by throwing its reason; a training that it interrupts goes on the next time. */
  readonly signal?: AbortSignal
  /** Told where it stands, with the share done in [0, 1]. */
  onProgress?(done: number): void
}

/** How well a method finds the box in what a network was trained on. */
export interface BoxRow {
  readonly network: string
  readonly position: BoxPosition
  /** Whether the network was trained; one that was not is the control. */
  readonly trained: boolean
  readonly method: string
  readonly measure: string
  /** The mean over sequences with its 95 % bootstrap interval. */
  readonly value: number
  readonly low: number
  readonly high: number
  /** The mean of what the same relevance is expected to score at random places. */
  readonly chance: number
  /** The share of the explained sequences whose class was predicted, in [0, 1]. */
  readonly accuracy: number
  /** How many sequences were explained. */
  readonly sequences: number
}

const COLUMNS = [
  ...(['network', 'position', 'trained', 'method', 'measure', 'value', 'low', 'high'] as const),
  ...(['chance', 'accuracy', 'sequences'] as const),
] as const satisfies readonly (keyof BoxRow)[]

/**
 * The box test of whether saliency vanishes through time (Ismail et al. 2019, 2020): a network for each position of a box in noise, and how
 * well the label's relevance finds the box.
 *
 * Networks are trained in this process where there are no checkpoints, and loaded where there are. A network that has not learnt its box, as
 * `accuracy` tells, has nothing to find.
 *
 * @throws RangeError naming an option that is out of range
 * @example
 * const table = await boxTest({
 *   networks: [inputCellAttention],
 *   methods: [sensitivity],
 *   positions: ['early', 'late'],
 *   problem: { steps: 10, features: 10, training: 100, test: 20 },
 *   training: { epochs: 1 },
 * })
 * table.objects() // a row for each network, position, method and measure
 */
export async function boxTest(options: BoxTestOptions): Promise<TableOf<BoxRow>> {
  const { positions = BOX_POSITIONS, measures = maskMeasures, signal, onProgress } = options
  const networks = await Promise.all(options.networks.map(architectureOf))
  const methods = await Promise.all(options.methods.map(methodOf))
  checkDistinct('architecture', networks)
  checkDistinct('measure', measures)
  if (options.sequences !== undefined && !(Number.isInteger(options.sequences) && options.sequences >= 1))
    throw new RangeError(`sequences = ${options.sequences}; allowed is a whole number of at least 1`)
  const problem = { ...BOX_PROBLEM, ...options.problem }
  const rows: BoxRow[] = []
  const runs = positions.length * networks.length
  let run = 0
  for (const position of positions) {
    const dataset = boxDataset(problem, position)
    const mask = boxMask(problem, position)
    for (const architecture of networks) {
      const trained = await trainedOn(dataset, architecture, options, (share) =>
        onProgress?.((run + share / 2) / runs),
      )
      signal?.throwIfAborted()
      const { test } = await majority(dataset, trained.configuration.problem)
      const models = [trained, ...(options.untrained ? [untrainedOf(trained)] : [])]
      for (const [turn, model] of models.entries()) {
        const told = (share: number) =>
          onProgress?.((run + 0.5 + (turn + share) / (2 * models.length)) / runs)
        const found = await foundBox(model, test, { ...options, methods, measures, mask, onProgress: told })
        rows.push(
          ...found.map((row) => ({ network: architecture.id, position, trained: turn === 0, ...row })),
        )
      }
      run++
    }
  }
  return tableOf(rows, COLUMNS)
}

async function trainedOn(
  dataset: Dataset,
  architecture: Architecture,
  { training, folder, signal }: BoxTestOptions,
  onProgress: (share: number) => void,
): Promise<Model> {
  signal?.throwIfAborted()
  const plan = await boxPlan(architecture, dataset, training)
  const model = await trainOnSubset(plan, {
    ...(folder === undefined ? {} : { folder }),
    ...(signal === undefined ? {} : { signal }),
    onEpoch: ({ epoch }) => onProgress((epoch + 1) / plan.training.epochs),
  })
  if (isUnfinished(model)) signal?.throwIfAborted()
  return model
}

/** The network that a training started from. */
function untrainedOf(model: Model): Model {
  const { problem, units, training } = model.configuration
  const geometry = geometryOf(problem, model.dataset)
  return { ...model, parameters: randomParameters(model.architecture, geometry, units, training.seed) }
}

interface Search {
  readonly methods: readonly Method[]
  readonly measures: readonly MaskMeasure[]
  readonly mask: Uint8Array
  readonly sequences?: number
  readonly signal?: AbortSignal
  onProgress(share: number): void
}

async function foundBox(
  model: Model,
  test: MajoritySequences,
  { methods, measures, mask, sequences = test.count, signal, onProgress }: Search,
): Promise<Omit<BoxRow, 'network' | 'position' | 'trained'>[]> {
  const which = Int32Array.from({ length: Math.min(sequences, test.count) }, (_, i) => i)
  const found = methods.map(() => measures.map(() => ({ scores: [] as number[], chances: [] as number[] })))
  let right = 0
  const options = { methods, measures: [], ...(signal === undefined ? {} : { signal }), onProgress }
  await explainInBatches(model, test, which, options, ({ method, explanation, labels, predictions }) => {
    const at = methods.indexOf(method)
    if (at === 0) right += labels.reduce((sum, label, i) => sum + (label === predictions[i] ? 1 : 0), 0)
    for (let i = 0; i < labels.length; i++) {
      const relevance = explanation.relevance.subarray(i * mask.length, (i + 1) * mask.length)
      for (const [m, measure] of measures.entries()) {
        found[at]![m]!.scores.push(measure.score(relevance, mask))
        found[at]![m]!.chances.push(measure.chance(relevance, mask))
      }
    }
  })
  return methods.flatMap((method, at) =>
    measures.map((measure, m) => {
      const { scores, chances } = found[at]![m]!
      const { estimate: value, low, high } = bootstrapInterval(scores)
      const numbers = { value, low, high, chance: mean(chances) }
      const about = { accuracy: right / which.length, sequences: which.length }
      return { method: method.id, measure: measure.id, ...numbers, ...about }
    }),
  )
}
