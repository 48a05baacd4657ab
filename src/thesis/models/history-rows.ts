import { existsSync } from 'node:fs'
import type { TrainingRow } from '../../figures/charts/training-figure.js'
import type { TrainingOptions } from '../../training/options.js'
import type { ModelConfiguration } from './configuration.js'
import { checkpointFolder, loadModel } from './model.js'
import type { Model } from './training-run.js'

/** A model's epochs for the training figure, counted from 1; phases that its training started from come first where they are kept. */
export async function historyRows(model: Model): Promise<TrainingRow[]> {
  const { start, network, dataset } = model.configuration
  const before = start && existsSync(checkpointFolder(start)) ? await historyRows(await loadModel(start)) : []
  const own = model.result.history.map((row) => ({
    ...row,
    epoch: before.length + row.epoch + 1,
    run: network,
    dataset,
    phase: before.length > 0 ? before.at(-1)!.phase! + 1 : 0,
  }))
  return [...before, ...own]
}

/** One of the trainings that made a model. */
export interface TrainingPhase extends TrainingOptions {
  /** Whether each of its epochs drew fresh sequences. */
  readonly freshSequences: boolean
}

/** The trainings that made a model, one after the other, each starting from the best of the one before. */
export const trainingPhases = ({ start, training, problem }: ModelConfiguration): TrainingPhase[] => [
  ...(start ? trainingPhases(start) : []),
  { ...training, freshSequences: problem.freshSequences },
]
