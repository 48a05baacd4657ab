import { evaluateNetwork } from '../../training/fit.js'
import { layoutOf, toNamed } from '../../training/layout.js'
import { toEffective } from '../../training/negative-bias.js'
import { startState } from '../../training/state.js'
import { loadState } from '../../training/state-file.js'
import { modelAddress } from './configuration.js'
import type { Model } from './model-value.js'
import { networkOf } from './plan.js'
import { stateFileOf, type TrainingRun } from './training-run.js'

const ENDING = 'interrupted'

/** Whether a model's training was interrupted and goes on where it is run again. */
export const isUnfinished = ({ result }: Model): boolean => result.ending === ENDING

/**
 * What an interrupted training left: its best parameters so far or, with `bestEpoch` −1 and no history before the first
 * epoch has ended, those that it stands at.
 */
export async function unfinishedModel(run: TrainingRun): Promise<Model> {
  const { folder, configuration, plan } = run
  const network = networkOf(plan)
  const layout = layoutOf(network.specs)
  const kept = await loadState(stateFileOf(folder), modelAddress(configuration), layout)
  const { trained, best, history, backends } = kept ?? startState(layout, configuration.training.seed)
  const effective =
    history.length > 0 ? best.effective : toEffective(layout, trained, new Float32Array(layout.size))
  const { test } = await run.sequences()
  const { accuracy } = await evaluateNetwork(network, effective, test)
  return {
    architecture: plan.architecture,
    dataset: plan.dataset,
    configuration,
    parameters: toNamed(layout, effective),
    result: {
      bestEpoch: best.epoch,
      history,
      ending: ENDING,
      backend: backends.join(', '),
      testAccuracy: accuracy,
    },
  }
}
