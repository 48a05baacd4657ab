import { availableParallelism } from 'node:os'
import { relative } from 'node:path'
import type { Architecture } from '../architectures/index.js'
import { architectures } from '../catalogue/index.js'
import type { Dataset } from '../data/dataset.js'
import type { Measure } from '../evaluation/measure.js'
import type { Method } from '../explanation/index.js'
import { workingRoot } from '../files/places.js'
import { claims } from '../study/claims.js'
import { collectStudy } from '../study/collect-study.js'
import { DEFAULT_DESIGN, type Design, firstSeeds } from '../study/design.js'
import { CHOICE_SEED } from '../study/epoch-choice.js'
import { runCells } from '../study/run-cells.js'
import { shipStudy } from '../study/ship-study.js'
import { type ListedCell, planStudy, readCells, readDesign } from '../study/study.js'
import { ownStudy, shippedStudy } from '../study/study-folder.js'
import { studyStatus } from '../study/study-status.js'
import { studyRows } from '../study/study-table.js'
import { variantOf } from '../study/variants.js'
import { verdictsOf } from '../study/verdicts.js'
import { verdictsPage } from '../study/verdicts-page.js'
import { installWorkflow } from '../study/workflow/environment.js'
import { runWorkflow, workflowProfile, workflowProfiles } from '../study/workflow/run-workflow.js'
import { referenceOf } from '../thesis/values/origin.js'
import { shippedValues } from '../thesis/values/shipped.js'
import { architectureOf, datasetOf, measureOf, methodOf } from '../thesis/values/value-of.js'
import { didYouMean } from '../values/nearest-name.js'
import { asked, commandLine, fromCaller, listOf, run, UsageError, wholeNumber } from './command-line.js'
import { durationText } from './duration-text.js'
import { isForMachines, machineReadable, printResult } from './machine-output.js'
import { studyEpochs } from './study-epochs.js'
import { studyProgress } from './study-progress.js'

const ACTIONS = [
  'plan',
  'run',
  'status',
  'collect',
  'verdicts',
  'cell',
  'epochs',
  'workflow',
  'install-workflow',
] as const
type Action = (typeof ACTIONS)[number]

const datasets = shippedValues('dataset')
const ids = (values: readonly { readonly id: string }[]) => values.map(({ id }) => id).join(', ')
const command = machineReadable(
  commandLine(
    'npm run study --',
    'Trains networks with many seeds and explains them. Each network, dataset, variant and seed is a cell that is computed once and kept: ' +
      'run goes on where it was stopped, and computes what was added to a study and nothing else. ' +
      'plan writes the list of cells; run computes those that are not finished; status says how far they are; collect writes the tables; verdicts says what they say of the claims; ' +
      'cell computes a single one, as a cluster does; epochs trains networks for several numbers of epochs, as a study trains them, and says how ' +
      'accurate each ends on validation sequences, so that a recipe is chosen without a look at test sequences; workflow gives all to Snakemake, on this machine, Slurm or Kubernetes, and install-workflow ' +
      'installs it into .cache/study. With options that say what a study is of, plan and run add these cells to it, and run computes them alone.',
  )
    .argument('<action>', ACTIONS.join(', '))
    .argument(
      '[id...]',
      'of cell: the id of one, as in cells.json; of workflow: what Snakemake is told besides, after --, e.g. -- --dry-run',
    )
    .option('--study <name>', 'whose results are in results/study/<name>. Default: thesis, which is shipped')
    .option('--networks <names>', `ids or files, by commas; all are ${ids(architectures)}`, listOf)
    .option('--datasets <names>', `ids, folders or files, by commas. Default: ${ids(datasets)}`, listOf)
    .option(
      '--variants <names>',
      'how networks are trained: own, perSequence, asDeep, items5, items7, untrained, untrained2, shuffled. Default: own',
      listOf,
    )
    .option('--seeds <n>', 'the seeds 1 to n, or a list by commas. Default: 10')
    .option('--epochs <list>', 'of epochs: numbers of epochs by commas, e.g. 4,6,8', listOf)
    .option(
      '--seed <n>',
      `of epochs: the seed of the trainings. Default: ${CHOICE_SEED}, which no study has`,
      wholeNumber(0),
    )
    .option(
      '--folds <n>',
      'part the training images in n folds, each of which validates once',
      wholeNumber(2),
    )
    .option('--methods <names>', 'ids or files, by commas. Default: those of the shipped study', listOf)
    .option('--measures <names>', 'ids or files, by commas. Default: those of the shipped study', listOf)
    .option(
      '--limit <n>',
      `test sequences that are explained of each network. Default: ${DEFAULT_DESIGN.limit}`,
      wholeNumber(),
    )
    .option('--jobs <n>', 'cells at once. Default: one per core', wholeNumber())
    .option('--only <stage>', 'train: train the networks and do not explain them')
    .option(
      '--profile <name>',
      `of workflow: ${workflowProfiles().join(', ')}, or a folder such as ./mine. Default: local`,
    )
    .option(
      '--ship',
      'of collect: copy finished cells and tables to data/study, as the shipped study is made',
    ),
  'of plan: an array of cells; of run and cell: {computed, failed, elsewhere, interrupted}; of status: {cells, finished, running, secondsLeft, groups}; of collect: {rows, scores, missing, files}; of verdicts and epochs: an array',
  'of plan, status (by dataset, network and variant), verdicts and epochs: a table',
)

interface Options {
  readonly study?: string
  readonly networks?: string[]
  readonly datasets?: string[]
  readonly variants?: string[]
  readonly seeds?: string
  readonly epochs?: string[]
  readonly seed?: number
  readonly folds?: number
  readonly methods?: string[]
  readonly measures?: string[]
  readonly limit?: number
  readonly jobs?: number
  readonly only?: string
  readonly ship?: boolean
  readonly profile?: string
  readonly csv?: true
}

await run(command, async () => {
  const [action, ...rest] = command.args as [Action, ...string[]]
  if (!ACTIONS.includes(action))
    throw new UsageError(
      `there is no ${action}${didYouMean(String(action), ACTIONS)}; there are ${ACTIONS.join(', ')}`,
    )
  const options = command.opts<Options>()
  const { study = 'thesis', jobs = availableParallelism(), only } = options
  if (only !== undefined && only !== 'train') throw new UsageError(`--only is ${only}; allowed is train`)
  if (options.csv && !['plan', 'status', 'verdicts', 'epochs'].includes(action))
    throw new UsageError(`${action} comes to no table; --csv is of plan, status, verdicts and epochs`)
  if (isForMachines(command) && ['workflow', 'install-workflow'].includes(action))
    throw new UsageError(`${action} comes to nothing that --json could print`)
  const [id] = rest
  const unread = rest[action === 'cell' ? 1 : 0]
  if (unread !== undefined && action !== 'workflow')
    throw new UsageError(`${action} does not take '${unread}'`)
  if (action === 'install-workflow') return install()
  if (action !== 'epochs' && (options.epochs ?? options.seed) !== undefined)
    throw new UsageError(`${action} does not take --epochs or --seed; they are of epochs`)
  if (action === 'epochs') return chooseEpochs(options, jobs)
  if (action === 'plan' || action === 'run') {
    const { cells, asked: wanted } = await asked(async () => planStudy(study, await designOf(study, options)))
    if (action === 'plan') {
      await printResult(command, {
        json: () => cells,
        csv: () => cells.map(({ id }) => ({ id })),
        text: () =>
          `${cells.length} cells in ${relative(process.cwd(), `results/study/${study}/cells.json`)}`,
      })
      return 0
    }
    const chosen = readCells(study).filter(({ id }) => wanted.has(id))
    return runAll(study, chosen, jobs, only === 'train' ? 'train' : null)
  }
  const cells = await asked(() => readCells(study))
  if (action === 'workflow') {
    const profile = await asked(() => workflowProfile(fromCaller(options.profile ?? 'local')))
    return runWorkflow(study, profile, rest)
  }
  if (action === 'status') return showStatus(study, cells)
  if (action === 'collect') return collect(study, cells, options.ship ?? false)
  if (action === 'verdicts') {
    const { rows } = await studyRows(study, cells)
    const verdicts = verdictsOf(claims, rows)
    await printResult(command, {
      json: () => verdicts.map(({ claim, ...verdict }) => ({ claim: claim.id, ...verdict })),
      csv: () => verdicts.map(({ claim, outcome }) => ({ claim: claim.id, outcome })),
      text: () => verdictsPage(verdicts).trimEnd(),
    })
    return 0
  }
  const cell = cells.find((one) => one.id === id)
  if (cell === undefined)
    throw new UsageError(
      id === undefined
        ? 'say which cell, by its id in cells.json'
        : `there is no cell ${id} in study '${study}'`,
    )
  return runAll(study, [cell], 1, only === 'train' ? 'train' : null)
})

/** What the options add to a study; null where they say nothing of it. */
async function designOf(study: string, options: Options): Promise<Design | null> {
  const { variants, seeds, folds, methods, measures, limit, networks, datasets: images } = options
  const isSaid = [networks, images, variants, seeds, folds, methods, measures, limit].some(
    (one) => one !== undefined,
  )
  const known = readDesign(study)
  if (!isSaid && known !== null) return null
  const { references, found } = await namedValues(options)
  for (const variant of variants ?? []) variantOf(variant)
  const ofMethods = await referencesOf<Method>(methods ?? [], methodOf)
  const ofMeasures = await referencesOf<Measure>(measures ?? [], measureOf)
  return {
    ...DEFAULT_DESIGN,
    // What joins a study is explained as the rest of it.
    ...known,
    ...(methods && { methods: ofMethods }),
    ...(measures && { measures: ofMeasures }),
    ...(limit !== undefined && { limit }),
    parts: [
      {
        networks: references,
        datasets: found,
        variants: variants ?? ['own'],
        seeds: seedsOf(seeds ?? '10'),
        ...(folds === undefined ? {} : { folds }),
      },
    ],
  }
}

/** The networks and datasets of the options, by what other processes find them by. */
async function namedValues({ networks, datasets: images }: Options) {
  const named = (networks ?? ['all']).flatMap((name): readonly (string | Architecture)[] =>
    name === 'all' ? architectures : [name],
  )
  return {
    references: await referencesOf<Architecture>(named, architectureOf),
    found: await referencesOf<Dataset>(images ?? datasets, datasetOf),
  }
}

function referencesOf<Value extends { readonly id: string }>(
  names: readonly (string | Value)[],
  find: (name: string | Value) => Promise<Value>,
): Promise<string[]> {
  return Promise.all(
    names.map(async (name) =>
      referenceTo(await find(typeof name === 'string' ? fromCaller(name) : name), find),
    ),
  )
}

async function chooseEpochs({ epochs: given, seed, ...options }: Options, jobs: number): Promise<number> {
  const epochs = (given ?? []).map(Number)
  if (epochs.length === 0 || !epochs.every((count) => Number.isInteger(count) && count >= 1))
    throw new UsageError(
      `--epochs is ${given?.join(',') ?? 'missing'}; allowed are whole numbers of at least 1 by commas, e.g. --epochs 4,6,8`,
    )
  const { references, found } = await asked(() => namedValues(options))
  return studyEpochs(command, references, found, { epochs, seed, jobs })
}

/** By what other machines find a value: its id where it is shipped or found, else its file, relative to the project. */
async function referenceTo<Value extends { readonly id: string }>(
  value: Value,
  find: (id: string) => Promise<Value>,
): Promise<string> {
  if ((await find(value.id).catch(() => null)) === value) return value.id
  const reference = referenceOf(value)
  if (reference === null)
    throw new UsageError(`'${value.id}' cannot be loaded by another process; name its file`)
  const [file, ...name] = reference.split('#')
  return [`./${relative(workingRoot(), file!).replaceAll('\\', '/')}`, ...name].join('#')
}

function seedsOf(text: string): number[] {
  const numbers = listOf(text).map(Number)
  if (!numbers.every((seed) => Number.isSafeInteger(seed) && seed >= 0) || numbers.length === 0)
    throw new UsageError(`--seeds is ${text}; it must be a number of seeds, or seeds by commas`)
  const [count] = numbers
  return text.includes(',') ? numbers : firstSeeds(count!)
}

async function runAll(
  study: string,
  cells: readonly ListedCell[],
  jobs: number,
  only: 'train' | null,
): Promise<number> {
  const design = readDesign(study)!
  const controller = new AbortController()
  process.on('SIGINT', () => controller.abort())
  process.on('SIGTERM', () => controller.abort())
  const progress = studyProgress(cells, (await studyStatus(study, cells)).secondsLeft, jobs, process.stderr)
  let elsewhere = 0
  const { computed, failed } = await runCells(study, design, cells, {
    jobs,
    only,
    signal: controller.signal,
    onCell(cell, event) {
      if ('skipped' in event && event.skipped === 'computed elsewhere') elsewhere++
      progress.tell(cell, event)
    },
  })
  progress.close()
  if (controller.signal.aborted) console.log('interrupted; the same command goes on from here')
  if (elsewhere > 0) console.log(`${elsewhere} left to other processes, which compute them now`)
  await printResult(command, {
    json: () => ({
      ...{ computed, failed: failed.map(({ id }) => id), elsewhere },
      interrupted: controller.signal.aborted,
    }),
    text: () =>
      `${computed} computed, ${failed.length} failed${failed.map(({ id }) => `\n  ${id}`).join('')}`,
  })
  // Whoever asked for a single cell waits for its result.
  const isMissing = failed.length > 0 || (cells.length === 1 && elsewhere > 0)
  return controller.signal.aborted ? 130 : isMissing ? 1 : 0
}

async function showStatus(study: string, cells: readonly ListedCell[]): Promise<number> {
  const status = await studyStatus(study, cells)
  await printResult(command, { json: () => status, csv: () => status.groups })
  if (isForMachines(command)) return 0
  for (const { dataset, network, variant, cells, finished } of status.groups)
    console.log(
      `${String(finished).padStart(4)} of ${String(cells).padEnd(4)} ${dataset}  ${network}  ${variant}`,
    )
  const left =
    status.secondsLeft === null ? '' : `, about ${durationText(status.secondsLeft)} of one process left`
  console.log(`${status.finished} of ${status.cells} cells finished, ${status.running.length} running${left}`)
  return 0
}

async function collect(study: string, cells: readonly ListedCell[], ship: boolean): Promise<number> {
  if (ship) console.log(`${shipStudy(study, cells)} cells copied to data/study/${study}`)
  const folder = ship ? shippedStudy(study) : ownStudy(study)
  const { rows, missing, scores, files } = await collectStudy(study, cells, folder)
  console.log(
    `${rows.length} rows and ${scores} scores of sequences; ${missing.length} of ${cells.length} cells are not finished`,
  )
  for (const file of files) console.log(`  ${relative(process.cwd(), file)}`)
  await printResult(command, {
    json: () => ({ rows: rows.length, scores, missing: missing.length, files }),
  })
  return 0
}

async function install(): Promise<number> {
  process.stderr.write('installing Snakemake and pandas into .cache/study, which takes a minute\n')
  await installWorkflow()
  return 0
}
