import { architecture } from '../../architectures/index.js'
import { checkTraining, type TrainingOptions } from '../../training/options.js'
import { type DatasetName, type ModelConfiguration, THESIS_PROBLEM } from './configuration.js'

/** A training on part of a dataset; all that determines it. */
export interface Experiment extends ModelConfiguration {
  /** How many training sequences take part; see `subsetOf`. */
  readonly sequences: number
}

/** An experiment as a notebook's parameters describe it. */
export interface ExperimentParameters extends Omit<TrainingOptions, 'patience'> {
  readonly dataset: DatasetName
  readonly network: string
  readonly sequences: number
  /** Stop after so many epochs without a better validation; 0 never stops early. */
  readonly patience: number
  /** Whether each epoch draws fresh sequences. */
  readonly freshSequences: boolean
}

/**
 * The experiment of some parameters, with the thesis's problem and layer sizes.
 *
 * @throws RangeError or Error naming the parameter that is out of range
 */
export function experiment(parameters: ExperimentParameters): Experiment {
  const { dataset, network, sequences, patience, freshSequences, ...options } = parameters
  if (!Number.isInteger(sequences) || sequences < 1)
    throw new RangeError(`sequences is ${sequences}; it must be a whole number of at least 1`)
  const { epochs, batchSize, learningRate, schedule, keepProbability, dropout, seed } = options
  const training: TrainingOptions = {
    epochs,
    batchSize,
    learningRate,
    schedule,
    keepProbability,
    dropout,
    patience: patience === 0 ? null : patience,
    seed,
  }
  checkTraining(training)
  const problem = { ...THESIS_PROBLEM, freshSequences }
  return { format: 1, dataset, problem, network, units: architecture(network).units, training, sequences }
}
