import type { TrainingRow } from '../../figures/charts/training-figure.js'
import { loadCheckpoint } from '../../training/checkpoint.js'
import type { TrainingOptions } from '../../training/options.js'
import type { EpochRow } from '../../training/state.js'
import { findCheckpoint } from './checkpoint-folders.js'
import type { ModelConfiguration } from './configuration.js'
import type { Model } from './model-value.js'

/**
 * A model's epochs for the training figure, counted from 1; phases that its training started from come first where they are kept.
 *
 * @example
 * trainingFigure(await historyRows(model))
 */
export async function historyRows({ configuration, result }: Model): Promise<TrainingRow[]> {
  const phases = [...(await historiesBefore(configuration)), result.history]
  const { network, dataset } = configuration
  const rows: TrainingRow[] = []
  for (const [phase, history] of phases.entries()) {
    const before = rows.length
    for (const row of history)
      rows.push({ ...row, epoch: before + row.epoch + 1, run: network, dataset, phase })
  }
  return rows
}

async function historiesBefore({ start }: ModelConfiguration): Promise<(readonly EpochRow[])[]> {
  const folder = start && findCheckpoint(start)
  if (!start || !folder) return []
  const { result } = await loadCheckpoint(folder)
  return [...(await historiesBefore(start)), result.history]
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
