import type { Architecture } from '../../architectures/index.js'
import type { Dataset } from '../../data/dataset.js'
import type { NamedValues } from '../../network/parameters.js'
import type { TrainingResult } from '../../training/checkpoint.js'
import type { ModelConfiguration } from './configuration.js'

/** A trained network. */
export interface Model {
  readonly architecture: Architecture
  readonly dataset: Dataset
  readonly configuration: ModelConfiguration
  readonly parameters: NamedValues
  readonly result: TrainingResult
}
