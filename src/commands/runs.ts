import { relative } from 'node:path'
import { Argument } from 'commander'
import type { Run } from '../thesis/runs/run.js'
import { agreed } from './ask.js'
import { asked, commandLine, run, UsageError } from './command-line.js'
import { machineReadable, printResult, textTable } from './machine-output.js'
import { sizeText } from './size-text.js'

const command = machineReadable(
  commandLine(
    'npm run runs --',
    'Lists all trainings, shipped and own, finished, interrupted and running (list, the default); draws the learning curves of some in one ' +
      'figure (curves); removes own ones (remove).',
  )
    .addArgument(new Argument('[action]', 'what to do').choices(['list', 'curves', 'remove']).default('list'))
    .argument(
      '[id...]',
      'of curves and remove: which runs, by id, by the address at its end, or by the beginning of either',
    )
    .option('--network <id>', 'only those of a network')
    .option('--dataset <id>', 'only those of a dataset')
    .option(
      '--name <name>',
      'of curves: what the figure is called in results/figures. Default: curves-<addresses>',
    )
    .option('--yes', 'of remove: remove without asking'),
  'of list: an array of {id, dataset, network, recipe, changes, status, isShipped, epochs, plannedEpochs, validationAccuracy, testAccuracy, date, bytes, folder}; of curves: the files; of remove: the ids',
  'the same as a table; of curves: the points of the curves',
)

interface Options {
  readonly network?: string
  readonly dataset?: string
  readonly name?: string
  readonly yes?: boolean
}

await run(command, async () => {
  const [action, ids] = command.processedArgs as ['list' | 'curves' | 'remove', string[]]
  const options = command.opts<Options>()
  if (action === 'list' && ids.length > 0) throw new UsageError(`list does not take '${ids[0]}'`)
  if (action !== 'list' && ids.length === 0) throw new UsageError(`say which runs, by their ids`)
  const { findRun, listRuns } = await import('../thesis/runs/list-runs.js')
  const all = listRuns()
  const filtered = await asked(() => listRunsOf(all, options))
  if (action === 'list') return list(filtered)
  const chosen = [...new Set(await asked(() => ids.map((id) => findRun(id, filtered))))]
  return action === 'curves' ? curves(chosen, options) : remove(chosen, options)
})

/** Those of a network and a dataset, of which there must be one. */
function listRunsOf(all: readonly Run[], { network, dataset }: Options): readonly Run[] {
  const named = (what: 'network' | 'dataset', id: string | undefined) => {
    const known = [...new Set(all.flatMap(({ configuration }) => configuration?.[what] ?? []))]
    if (id !== undefined && !known.includes(id))
      throw new UsageError(
        `there is no run of ${what} '${id}'; there are runs of ${known.join(', ') || 'none'}`,
      )
    return ({ configuration }: Run) => id === undefined || configuration?.[what] === id
  }
  return all.filter(named('network', network)).filter(named('dataset', dataset))
}

async function list(runs: readonly Run[]): Promise<number> {
  const { changesText, knownValues, plainRows, runRows } = await import('../thesis/runs/index.js')
  const rows = runRows(runs, await knownValues())
  const percent = (share: number | null) => (share === null ? '' : `${(100 * share).toFixed(2)} %`)
  const table = await textTable(
    rows.map((row) => ({
      id: row.id,
      'by recipe, or what differs': row.recipe === null ? changesText(row.changes) : `recipe: ${row.recipe}`,
      status: row.isShipped ? 'shipped' : row.status,
      epochs:
        row.epochs === row.plannedEpochs ? `${row.epochs}` : `${row.epochs} of ${row.plannedEpochs ?? '?'}`,
      validation: percent(row.validationAccuracy),
      test: percent(row.testAccuracy),
      date: row.date.slice(0, 16).replace('T', ' '),
      size: sizeText(row.bytes),
    })),
  )
  await printResult(command, {
    json: () => rows,
    csv: () => plainRows(rows),
    text: () => (rows.length === 0 ? 'There are no runs.' : table),
  })
  return 0
}

async function curves(runs: readonly Run[], { name }: Options): Promise<number> {
  const { addressIn } = await import('../thesis/runs/list-runs.js')
  const { knownValues, runCurves } = await import('../thesis/runs/index.js')
  const rows = await asked(async () => runCurves(runs, await knownValues()))
  const base = await figurePath(name ?? `curves-${runs.map(({ id }) => addressIn(id)).join('-')}`)
  const { trainingFigure } = await import('../figures/charts/training-figure.js')
  const { exportFigure } = await import('../figures/export/export-figure.js')
  const { presets } = await import('../figures/kit/presets.js')
  const files = await exportFigure(trainingFigure(rows), base, presets['double-column'])
  await printResult(command, {
    json: () => files,
    csv: () => rows,
    text: () => files.map(({ path }) => relative(process.cwd(), path)).join('\n'),
  })
  return 0
}

async function figurePath(name: string): Promise<string> {
  const { resultPath } = await import('../notebook/results.js')
  return asked(() => resultPath('figures', name.slice(0, 120)))
}

async function remove(runs: readonly Run[], { yes = false }: Options): Promise<number> {
  const { removeRun, whyKept } = await import('../thesis/runs/remove-run.js')
  const kept = runs.flatMap((one) => whyKept(one) ?? [])
  if (kept.length > 0) throw new UsageError(`${kept.join('; ')}; nothing was removed`)
  const size = sizeText(runs.reduce((sum, { bytes }) => sum + bytes, 0))
  const what = `${runs.map(({ id }) => id).join(', ')} (${size})`
  if (!yes && !(await agreed(`remove ${what}?`, '--yes removes without asking'))) return 1
  for (const one of runs) await removeRun(one)
  await printResult(command, {
    json: () => runs.map(({ id }) => id),
    csv: () => runs.map(({ id }) => ({ id })),
    text: () => `${what} removed`,
  })
  return 0
}
