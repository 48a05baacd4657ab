import type { Command } from 'commander'
import { type EpochChoice, epochChoice, epochPlans } from '../study/epoch-choice.js'
import { trainModels } from '../thesis/models/train-models.js'
import { printResult, textTable } from './machine-output.js'
import { trainingTable } from './training-table.js'

/** Trains networks for several numbers of epochs and prints how accurate each ends on validation sequences. */
export async function studyEpochs(
  command: Command,
  networks: readonly string[],
  datasets: readonly string[],
  { jobs, ...how }: { readonly epochs: readonly number[]; readonly seed?: number; readonly jobs: number },
): Promise<number> {
  const plans = await epochPlans(networks, datasets, how)
  const controller = new AbortController()
  process.on('SIGINT', () => controller.abort())
  process.on('SIGTERM', () => controller.abort())
  const table = trainingTable(plans, process.stderr)
  const isTrained = await trainModels(plans, { jobs, signal: controller.signal, onMessage: table.tell })
  table.close()
  if (!isTrained) {
    if (controller.signal.aborted) console.log('interrupted; the same command goes on from here')
    return controller.signal.aborted ? 130 : 1
  }
  const choices: EpochChoice[] = []
  for (const plan of plans) choices.push(await epochChoice(plan))
  const lines = await textTable(
    choices.map(({ validationAccuracy, ...choice }) => ({
      ...choice,
      'validation accuracy': `${(100 * validationAccuracy).toFixed(2)} %`,
    })),
  )
  await printResult(command, { json: () => choices, text: () => lines.trimEnd() })
  return 0
}
