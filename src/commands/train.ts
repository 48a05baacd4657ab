import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { architectures } from '../architectures/index.js'
import { datasetNames } from '../thesis/models/configuration.js'
import { recipes } from '../thesis/models/recipes.js'
import { trainModels } from '../thesis/models/train-models.js'
import { trainingTable } from './training-table.js'

const HELP = `npm run train -- [--all] [--dataset NAME]… [--network NAME]… [--jobs N] [--retrain]

Trains the thesis's models by their recipes, or loads those that are trained; an interrupted training goes on.
  --dataset NAME  ${datasetNames.join(' or ')}; both unless told
  --network NAME  ${architectures.map(({ id }) => id).join(', ')}; all unless told
  --jobs N        processes at once; one per core unless told
  --retrain       train from scratch even where a checkpoint exists`

const { values } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    dataset: { type: 'string', multiple: true },
    network: { type: 'string', multiple: true },
    jobs: { type: 'string' },
    retrain: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
if (values.help) {
  console.log(HELP)
  process.exit(0)
}
const refuse = (problem: string): never => {
  console.error(`${problem}\n\n${HELP}`)
  process.exit(2)
}
for (const name of values.dataset ?? [])
  if (!datasetNames.some((known) => known === name)) refuse(`dataset '${name}' is unknown`)
for (const name of values.network ?? [])
  if (!architectures.some((known) => known.id === name)) refuse(`network '${name}' is unknown`)
const jobs = values.jobs === undefined ? availableParallelism() : Number(values.jobs)
if (!Number.isInteger(jobs) || jobs < 1)
  refuse(`--jobs is ${values.jobs}; it must be a whole number of at least 1`)

const configurations = recipes.filter(
  ({ dataset, network }) =>
    (values.dataset?.includes(dataset) ?? true) && (values.network?.includes(network) ?? true),
)
const controller = new AbortController()
process.on('SIGINT', () => controller.abort())
const table = trainingTable(configurations, process.stderr)
const trained = await trainModels(configurations, {
  jobs,
  retrain: values.retrain,
  signal: controller.signal,
  onMessage: table.tell,
})
table.close()
if (controller.signal.aborted) console.log('interrupted; the same command goes on from here')
process.exitCode = trained ? 0 : controller.signal.aborted ? 130 : 1
