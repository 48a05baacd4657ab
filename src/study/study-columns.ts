import type { SequenceRow, StudyRow } from './study-table.js'
import type { Column } from './table-files.js'

type Described<Row> = { readonly [Name in keyof Row]-?: readonly [Column['type'], string] }

const STUDY: Described<StudyRow> = {
  dataset: ['STRING', 'id of the dataset'],
  network: ['STRING', 'id of the architecture'],
  variant: [
    'STRING',
    'how the network was trained: own is the recipe of the study; untrained, untrained2 and shuffled are controls',
  ],
  seed: [
    'INT32',
    'of split, sequences, parameters, batches and dropout; the same seed means the same data for every network',
  ],
  fold: ['INT32', 'which fold of the training images validates, from 1; empty where a fifth of them does'],
  folds: ['INT32', 'in how many folds the training images are parted'],
  items: ['INT32', 'images in a sequence'],
  method: ['STRING', 'id of the explanation method'],
  measure: ['STRING', 'id of the measure'],
  mean: ['DOUBLE', 'mean score over the explained sequences whose score is a finite number'],
  spread: ['DOUBLE', 'standard deviation of these scores between sequences, divided by n − 1'],
  count: ['INT32', 'explained sequences'],
  missing: ['INT32', 'explained sequences whose score is no finite number'],
  chance: ['DOUBLE', 'what an explanation scores by the measure that knows nothing'],
  target: ['STRING', 'which class was explained: the label, or of controls the prediction'],
  validation_accuracy: [
    'DOUBLE',
    'share of the validation sequences that is predicted correctly; empty where nothing was trained',
  ],
  test_accuracy: ['DOUBLE', 'share of all test sequences that is predicted correctly'],
  explained_accuracy: ['DOUBLE', 'share of the explained sequences that is predicted correctly'],
  parameters: ['INT32', 'numbers that the network has'],
  epochs: ['INT32', 'passes over the training sequences'],
  configuration: ['STRING', 'all that determines the network, as JSON'],
  address: ['STRING', 'digest of the configuration, in the names of cell and checkpoint'],
  fingerprint: ['STRING', 'digest of what the network computes'],
  data: ['STRING', 'checksum of images and labels'],
  checkpoint: ['STRING', 'SHA-256 of the parameters'],
  code: ['STRING', 'digest of the code between network and scores'],
  backend: ['STRING', 'backend of TensorFlow.js on which the network was trained'],
  processor: ['STRING', 'on which the cell was computed'],
  training_seconds: ['DOUBLE', 'seconds of training, of the last run alone where it was interrupted'],
  evaluation_seconds: ['DOUBLE', 'seconds of explaining and scoring'],
}

const SEQUENCES: Described<SequenceRow> = {
  dataset: STUDY.dataset,
  network: STUDY.network,
  variant: STUDY.variant,
  seed: STUDY.seed,
  fold: STUDY.fold,
  method: STUDY.method,
  measure: STUDY.measure,
  sequence: ['INT32', 'place of the sequence among the test sequences of the seed'],
  relevant: ['STRING', 'which items are relevant, from the left: 1 where one is'],
  correct: ['BOOLEAN', 'whether the network predicts the label'],
  score: ['FLOAT', 'score of the sequence'],
}

const columnsOf = <Row>(described: Described<Row>): Column[] =>
  Object.entries(described as Described<Record<string, unknown>>).map(([name, [type, meaning]]) => ({
    name,
    type,
    meaning,
  }))

/** The columns of the table of a study, and of that of single sequences. */
export const studyColumns = columnsOf(STUDY)
export const sequenceColumns = columnsOf(SEQUENCES)
