import { availableParallelism } from 'node:os'
import type { Architecture } from '../architectures/index.js'
import type { Dataset } from '../data/dataset.js'
import { type ExperimentParameters, experiment } from '../thesis/models/experiment.js'
import type { Plan } from '../thesis/models/plan.js'
import { recipe, shuffledRecipe } from '../thesis/models/recipes.js'
import { trainModels } from '../thesis/models/train-models.js'
import { shippedValues } from '../thesis/values/shipped.js'
import { architectureOf, datasetOf } from '../thesis/values/value-of.js'
import { asked, commandLine, decimal, run, several, valuesOf, wholeNumber } from './command-line.js'
import { trainingTable } from './training-table.js'

const ids = (values: readonly { readonly id: string }[]) => values.map(({ id }) => id).join(', ')

const command = commandLine(
  'npm run train --',
  'Trains networks by their recipes, or loads those that are trained; an interrupted training goes on. A network without a ' +
    'recipe of its own is trained by the default one. Any option from --sequences on makes it a training of its own: one phase ' +
    'of the default recipe with that option, kept in results/checkpoints.',
)
  .option(
    '--dataset <name>',
    `${ids(shippedValues('dataset'))}, one found in data, or a file; may be given several times. Default: the shipped ones`,
    several,
  )
  .option(
    '--network <name>',
    `${ids(shippedValues('architecture'))}, one found in src/architectures, or a file such as ./mine.ts; may be given several times. Default: the shipped ones`,
    several,
  )
  .option('--jobs <n>', 'processes at once. Default: one per core', wholeNumber())
  .option('--retrain', 'train from scratch even where a checkpoint exists')
  .option('--sequences <n>', 'train on so many training sequences. Default: all', wholeNumber())
  .option('--labels <kind>', 'own or shuffled; shuffled alone trains the shipped controls')
  .option('--epochs <n>', 'passes over the training sequences', wholeNumber())
  .option('--batch-size <n>', 'sequences per step', wholeNumber())
  .option('--learning-rate <rate>', "Adam's learning rate at the start", decimal)
  .option('--schedule <name>', 'constant or cosine')
  .option('--keep-probability <p>', 'with which dropout keeps an activation, in (0, 1]', decimal)
  .option('--dropout <kind>', 'perStep or perSequence')
  .option(
    '--patience <n>',
    'stop after so many epochs without a better validation; 0 never does',
    wholeNumber(0),
  )
  .option('--seed <n>', 'of parameters, batches and dropout', wholeNumber(0))
  .option('--items <n>', 'images in a sequence', wholeNumber())
  .option('--majority <n>', 'how many of them are of the class that is the label', wholeNumber())
  .option('--classes <n>', 'images of the first n classes take part', wholeNumber())
  .option('--step-columns <n>', 'width in pixels of what is read in one step', wholeNumber())
  .option('--scan <direction>', 'leftToRight or rightToLeft')
  .option('--fresh-sequences', 'draw fresh sequences each epoch')

interface Options extends Omit<ExperimentParameters, 'network' | 'dataset'> {
  readonly dataset?: readonly string[]
  readonly network?: readonly string[]
  readonly jobs?: number
  readonly retrain?: boolean
}

await run(command, async () => {
  const { dataset, network, jobs = availableParallelism(), retrain, ...own } = command.opts<Options>()
  const datasets = await valuesOf(dataset, datasetOf, shippedValues('dataset'))
  const networks = await valuesOf(network, architectureOf, shippedValues('architecture'))
  const plans: Plan[] = []
  for (const images of datasets)
    for (const architecture of networks) plans.push(await planOf(images, architecture, own))

  const controller = new AbortController()
  process.on('SIGINT', () => controller.abort())
  const table = trainingTable(plans, process.stderr)
  const trained = await trainModels(plans, {
    jobs,
    retrain,
    signal: controller.signal,
    onMessage: table.tell,
  })
  table.close()
  if (controller.signal.aborted) console.log('interrupted; the same command goes on from here')
  if (trained) return 0
  return controller.signal.aborted ? 130 : 1
})

async function planOf(
  dataset: Dataset,
  network: Architecture,
  own: Omit<ExperimentParameters, 'network' | 'dataset'>,
): Promise<Plan> {
  if (Object.keys(own).length === 0) return recipe(dataset, network)
  if (Object.keys(own).length === 1 && own.labels === 'shuffled') return shuffledRecipe(dataset, network)
  return asked(experiment({ network, dataset, ...own }))
}
