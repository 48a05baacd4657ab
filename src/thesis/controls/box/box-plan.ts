import type { Architecture } from '../../../architectures/index.js'
import type { Dataset } from '../../../data/dataset.js'
import type { TrainingOptions } from '../../../training/options.js'
import { experiment } from '../../models/experiment.js'
import type { Plan } from '../../models/plan.js'

/** Few neurons for the layers of the networks that are compared; layers of others keep theirs. */
export const BOX_UNITS: Readonly<Record<string, number>> = {
  conv1: 4,
  conv2: 4,
  input: 32,
  hidden: 32,
  recurrent: 32,
  output: 16,
  cell: 16,
  attention: 16,
  hops: 4,
}

/** How networks are trained on boxes where nothing else is asked for. */
export const BOX_TRAINING = { epochs: 10, batchSize: 50, learningRate: 3e-3, keepProbability: 1 } as const

/** By what a network is trained on the sequences of a box: each is a majority of one image, of which a column is read at a step. */
export const boxPlan = (
  architecture: Architecture,
  dataset: Dataset,
  training: Partial<Omit<TrainingOptions, 'patience'>> = {},
): Promise<Plan> =>
  experiment({
    network: architecture,
    dataset,
    items: 1,
    majority: 1,
    stepColumns: 1,
    units: Object.fromEntries(
      Object.entries(architecture.units).map(([layer, units]) => [layer, BOX_UNITS[layer] ?? units]),
    ),
    ...BOX_TRAINING,
    ...training,
  })
