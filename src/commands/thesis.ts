import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { useBackend } from '../backend/use-backend.js'
import { projectRoot } from '../files/project-root.js'
import { runNotebooks } from '../runner/run-all.js'
import { recipes } from '../thesis/models/recipes.js'
import { trainModels } from '../thesis/models/train-models.js'
import { notebookFiles } from './notebooks.js'
import { prepareDatasets } from './prepare.js'
import { trainingTable } from './training-table.js'

const HELP = `npm run thesis -- [--retrain]

Executes every notebook in order, from real data and the shipped checkpoints, and leaves executed notebooks, figures
and tables in results/.
  --retrain  trains all ten models from scratch first, two at a time on two cores`

const { values } = parseArgs({
  options: {
    retrain: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
if (values.help) {
  console.log(HELP)
  process.exit(0)
}

const controller = new AbortController()
process.on('SIGINT', () => controller.abort())
const root = projectRoot()
const results = join(root, 'results')
const started = Date.now()

console.log('1. Data')
await prepareDatasets()

const backend = await useBackend()
console.log(`\n2. Networks, on the ${backend.name} backend (${backend.reason})`)
if (values.retrain) {
  const table = trainingTable(recipes, process.stderr)
  const trained = await trainModels(recipes, {
    retrain: true,
    signal: controller.signal,
    onMessage: table.tell,
  })
  table.close()
  if (!trained) {
    console.error('not all models were trained; npm run train goes on from here')
    process.exit(1)
  }
} else console.log('the shipped checkpoints; npm run thesis -- --retrain trains them from scratch')

console.log('\n3. Notebooks')
mkdirSync(results, { recursive: true })
const { isOk } = await runNotebooks(notebookFiles(), {
  outFolder: join(results, 'notebooks'),
  stopAtFailure: true,
  signal: controller.signal,
})

console.log(`\n4. Results after ${((Date.now() - started) / 60_000).toFixed(1)} minutes`)
for (const folder of ['notebooks', 'figures', 'tables']) {
  const files = listFiles(join(results, folder))
  console.log(`${relative(root, join(results, folder))}/  ${files.length} files`)
}
process.exitCode = controller.signal.aborted ? 130 : isOk ? 0 : 1

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => statSync(join(folder, file)).isFile())
  } catch {
    return []
  }
}
