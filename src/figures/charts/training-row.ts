/** One epoch of a training history; accuracies are fractions. */
export interface TrainingRow {
  readonly epoch: number
  readonly loss: number
  readonly accuracy: number
  readonly validationLoss: number
  readonly validationAccuracy: number
  readonly learningRate: number
  /** Which training this is, where several are overlaid: a network's id or any name. */
  readonly run?: string
  /** What was trained on; the text alternative and the title name it. */
  readonly dataset?: string
  /** The part of a training in several, from 0; where a later one starts is marked. */
  readonly phase?: number
}
