import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { useBackend } from '../backend/use-backend.js'
import { projectRoot } from '../files/project-root.js'
import { runNotebooks } from '../runner/run-all.js'
import { recipes } from '../thesis/models/recipes.js'
import { trainModels } from '../thesis/models/train-models.js'
import { commandLine, run } from './command-line.js'
import { notebookFiles } from './notebooks.js'
import { prepareDatasets } from './prepare.js'
import { trainingTable } from './training-table.js'

const command = commandLine(
  'npm run thesis --',
  'Executes every notebook in order, from real data and the shipped checkpoints, and leaves executed notebooks, figures and ' +
    'tables in results/.',
).option('--retrain', 'train all ten models from scratch first, one per core at once')

await run(command, async () => {
  const { retrain = false } = command.opts<{ retrain?: boolean }>()
  const controller = new AbortController()
  process.on('SIGINT', () => controller.abort())
  const root = projectRoot()
  const results = join(root, 'results')
  const started = Date.now()

  console.log('1. Data')
  await prepareDatasets()

  const backend = await useBackend()
  console.log(`\n2. Networks, on the ${backend.name} backend (${backend.reason})`)
  if (!retrain) console.log('the shipped checkpoints; npm run thesis -- --retrain trains them from scratch')
  else if (!(await trainAll(controller.signal)))
    throw new Error('not all models were trained; npm run train goes on from here')

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
  if (controller.signal.aborted) return 130
  return isOk ? 0 : 1
})

async function trainAll(signal: AbortSignal): Promise<boolean> {
  const table = trainingTable(recipes, process.stderr)
  const trained = await trainModels(recipes, { retrain: true, signal, onMessage: table.tell })
  table.close()
  return trained
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => statSync(join(folder, file)).isFile())
  } catch {
    return []
  }
}
