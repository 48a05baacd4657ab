import type { BoxPosition } from './box-problem.js'

/** A number of the box test as it was published. */
export interface PublishedBoxNumber {
  readonly source: string
  readonly network: string
  readonly position: BoxPosition
  readonly method: string
  /** The id of a `MaskMeasure`. */
  readonly measure: string
  readonly value: number
  /** The network's accuracy on test sequences, in [0, 1]. */
  readonly accuracy: number
}

const TABLE_1 =
  'Ismail et al. 2019, Table 1a, as shown in Images/accuracyTables.png of github.com/ayaabdelsalam91/Input-Cell-Attention'

/** Weighted Jaccard and accuracy in percent, early, middle and late. */
const ROWS: readonly (readonly [
  network: string,
  ...numbers: (readonly [jaccard: number, accuracy: number])[],
])[] = [
  ['LSTM', [0.0, 53.4], [0.0, 98.6], [0.019, 100]],
  ['Bi-LSTM', [0.0, 50.7], [0.0, 53.2], [0.013, 100]],
  ['LSTM with self-attention', [0.048, 100], [0.048, 100], [0.045, 100]],
  ['LSTM with input-cell attention', [0.103, 100], [0.124, 100], [0.11, 100]],
]

/**
 * What was published for single boxes, of 100 steps and 100 features, cells of 5 units with tanh, and the absolute gradient of the label's
 * output; `absoluteGradient` is that of its logit.
 *
 * Of Ismail et al. 2020 there is nothing here: its areas under precision and recall are of boxes in the middle or at random places, and its
 * tables were not at hand when this was written.
 */
export const publishedBoxNumbers: readonly PublishedBoxNumber[] = ROWS.flatMap(([network, ...numbers]) =>
  numbers.map(([value, percent], i) => ({
    source: TABLE_1,
    network,
    position: (['early', 'middle', 'late'] as const)[i]!,
    method: 'absolute gradient',
    measure: 'weightedJaccard',
    value,
    accuracy: percent / 100,
  })),
)
