import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Option } from 'commander'
import type { Architecture } from '../architectures/index.js'
import type { Dataset } from '../data/dataset.js'
import { checkpointFolder, shippedCheckpoints } from '../thesis/models/checkpoint-folders.js'
import { configurationOf } from '../thesis/models/configuration.js'
import { type ExperimentParameters, experiment } from '../thesis/models/experiment.js'
import type { Plan } from '../thesis/models/plan.js'
import { recipe, shuffledRecipe } from '../thesis/models/recipes.js'
import { wholePlan } from '../thesis/models/subset.js'
import { trainModels } from '../thesis/models/train-models.js'
import { plainRows, type RunRow } from '../thesis/runs/run-rows.js'
import { shippedValues } from '../thesis/values/shipped.js'
import { architectureOf, datasetOf } from '../thesis/values/value-of.js'
import {
  asked,
  commandLine,
  decimal,
  fraction,
  integer,
  run,
  severalNames,
  valuesOf,
  wholeNumber,
} from './command-line.js'
import { isForMachines, machineReadable, printResult } from './machine-output.js'
import { trainingTable } from './training-table.js'
import { unitsInWords, unitsOption } from './units-option.js'

const ids = (values: readonly { readonly id: string }[]) => values.map(({ id }) => id).join(', ')

const command = machineReadable(
  commandLine(
    'npm run train --',
    'Trains networks by their recipes, or loads those that are trained; an interrupted training goes on. A network without a ' +
      'recipe of its own is trained by the default one. Any option from --sequences on makes it a training of its own: one phase ' +
      'of the default recipe with that option, kept in results/checkpoints; npm run runs lists what was trained.',
  )
    .option(
      '--dataset <name>',
      `${ids(shippedValues('dataset'))}, one found in data, or a file; may be given several times or by commas. Default: the shipped ones`,
      severalNames,
    )
    .option(
      '--network <name>',
      `${ids(shippedValues('architecture'))}, one found in src/architectures, or a file such as ./mine.ts; may be given several times or by commas. Default: the shipped ones`,
      severalNames,
    )
    .option('--jobs <n>', 'processes at once. Default: one per core', wholeNumber())
    .option('--retrain', 'train from scratch even where a checkpoint exists')
    .option('--sequences <n>', 'train on so many training sequences. Default: all', wholeNumber())
    .addOption(
      new Option('--labels <kind>', 'shuffled alone trains the shipped controls').choices([
        'own',
        'shuffled',
      ]),
    )
    .option('--epochs <n>', 'passes over the training sequences', wholeNumber())
    .option('--batch-size <n>', 'sequences per step', wholeNumber())
    .option('--learning-rate <rate>', "Adam's learning rate at the start", decimal)
    .addOption(new Option('--schedule <name>', 'how the rate goes on').choices(['constant', 'cosine']))
    .option('--keep-probability <p>', 'with which dropout keeps an activation, in (0, 1]', decimal)
    .addOption(
      new Option('--dropout <kind>', 'a mask for every step, or one for all steps of a sequence').choices([
        'perStep',
        'perSequence',
      ]),
    )
    .option(
      '--patience <n>',
      'stop after so many epochs without a better validation; 0 never does',
      wholeNumber(0),
    )
    .option('--seed <n>', 'of parameters, batches and dropout', integer)
    .option(
      '--units <layer=n>',
      'neurons of a layer, also as --units.hidden=128; may be given several times. Default: the network’s own',
      unitsOption,
    )
    .option('--items <n>', 'images in a sequence', wholeNumber())
    .option('--majority <n>', 'how many of them are of the class that is the label', wholeNumber())
    .option('--classes <n>', 'images of the first n classes take part', wholeNumber())
    .option('--step-columns <n>', 'width in pixels of what is read in one step', wholeNumber())
    .addOption(
      new Option('--scan <direction>', 'which end is read first').choices(['leftToRight', 'rightToLeft']),
    )
    .option('--fresh-sequences', 'draw fresh sequences each epoch')
    .option(
      '--fold <index/of>',
      'which of several equal parts of the training images validates, from 0, e.g. 0/5',
      fraction,
    ),
  'an array of rows as npm run runs gives, one per network',
  'the same as a table',
)

type Own = Omit<ExperimentParameters, 'network' | 'dataset'>

interface Options extends Own {
  readonly dataset?: readonly string[]
  readonly network?: readonly string[]
  readonly jobs?: number
  readonly retrain?: boolean
  readonly json?: true
  readonly csv?: true
}

await run(
  command,
  async () => {
    const {
      dataset,
      network,
      jobs = availableParallelism(),
      retrain,
      json: _,
      csv: __,
      ...own
    } = command.opts<Options>()
    const datasets = await valuesOf(dataset, datasetOf, shippedValues('dataset'))
    const networks = await valuesOf(network, architectureOf, shippedValues('architecture'))
    const plans: Plan[] = []
    for (const images of datasets)
      for (const architecture of networks) plans.push(await planOf(images, architecture, own))

    const controller = new AbortController()
    process.on('SIGINT', () => controller.abort())
    process.on('SIGTERM', () => controller.abort())
    const table = trainingTable(plans, process.stderr)
    const trained = await trainModels(plans, {
      jobs,
      retrain,
      signal: controller.signal,
      onMessage: table.tell,
    })
    table.close()
    if (isForMachines(command)) {
      const rows = await rowsOf(plans)
      await printResult(command, { json: () => rows, csv: () => plainRows(rows) })
    }
    if (controller.signal.aborted) console.log('interrupted; the same command goes on from here')
    if (trained) return 0
    return controller.signal.aborted ? 130 : 1
  },
  unitsInWords(process.argv),
)

async function planOf(dataset: Dataset, network: Architecture, own: Own): Promise<Plan> {
  if (Object.keys(own).length === 0) return recipe(dataset, network)
  if (Object.keys(own).length === 1 && own.labels === 'shuffled') return shuffledRecipe(dataset, network)
  return asked(experiment({ network, dataset, ...own }))
}

/** What the trainings left, in the order of the plans. */
async function rowsOf(plans: readonly Plan[]): Promise<readonly RunRow[]> {
  const { knownValues, readRun, runRows } = await import('../thesis/runs/index.js')
  const folders = await Promise.all(
    plans.map(async (plan) => {
      const whole = await wholePlan(plan)
      return checkpointFolder(whole, await configurationOf(whole))
    }),
  )
  const runs = folders
    .filter(existsSync)
    .map((folder) => readRun(folder, folder.startsWith(shippedCheckpoints())))
  return runRows(runs, await knownValues())
}
