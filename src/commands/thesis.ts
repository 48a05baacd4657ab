import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { projectRoot } from '../files/project-root.js'
import { commandLine, run } from './command-line.js'
import { machineReadable, printResult } from './machine-output.js'
import { notebookFiles } from './notebooks.js'

const command = machineReadable(
  commandLine(
    'npm run thesis --',
    'Executes every notebook in order, from real data and the shipped checkpoints, and leaves executed notebooks, figures and ' +
      'tables in results/.',
  ).option('--retrain', 'train all ten models from scratch first, one per core at once'),
  '{isOk, seconds, notebooks: [{name, status, seconds, problem}], results: {notebooks, figures, tables}}: the files in each folder',
)

await run(command, async () => {
  const { retrain = false } = command.opts<{ retrain?: boolean }>()
  const controller = new AbortController()
  process.on('SIGINT', () => controller.abort())
  const root = projectRoot()
  const results = join(root, 'results')
  const started = Date.now()

  const { useBackend } = await import('../backend/use-backend.js')
  const { runNotebooks } = await import('../runner/run-all.js')
  const { prepareDatasets } = await import('./prepare.js')
  console.log('1. Data')
  await prepareDatasets()

  const backend = await useBackend()
  console.log(`\n2. Networks, on the ${backend.name} backend (${backend.reason})`)
  if (!retrain) console.log('the shipped checkpoints; npm run thesis -- --retrain trains them from scratch')
  else if (!(await trainAll(controller.signal)))
    throw new Error('not all models were trained; npm run train goes on from here')

  console.log('\n3. Notebooks')
  mkdirSync(results, { recursive: true })
  const { isOk, notebooks } = await runNotebooks(notebookFiles(), {
    outFolder: join(results, 'notebooks'),
    stopAtFailure: true,
    signal: controller.signal,
  })

  const seconds = (Date.now() - started) / 1000
  console.log(`\n4. Results after ${(seconds / 60).toFixed(1)} minutes`)
  const folders = ['notebooks', 'figures', 'tables'] as const
  const files = Object.fromEntries(folders.map((folder) => [folder, listFiles(join(results, folder))]))
  for (const folder of folders)
    console.log(`${relative(root, join(results, folder))}/  ${files[folder]!.length} files`)
  await printResult(command, { json: () => ({ isOk, seconds, notebooks, results: files }) })
  if (controller.signal.aborted) return 130
  return isOk ? 0 : 1
})

async function trainAll(signal: AbortSignal): Promise<boolean> {
  const { recipes } = await import('../thesis/models/recipes.js')
  const { trainModels } = await import('../thesis/models/train-models.js')
  const { trainingTable } = await import('./training-table.js')
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
