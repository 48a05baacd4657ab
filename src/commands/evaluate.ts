import type { Architecture } from '../architectures/index.js'
import { posterMethods } from '../catalogue/index.js'
import type { Dataset } from '../data/dataset.js'
import type { Measure } from '../evaluation/measure.js'
import type { Method } from '../explanation/method.js'
import { progressDisplay } from '../notebook/progress.js'
import { evaluateModels } from '../thesis/evaluation/evaluate-models.js'
import type { ModelEvaluation } from '../thesis/evaluation/evaluation.js'
import { type ScoreRow, scoreTable } from '../thesis/evaluation/score-table.js'
import type { Plan } from '../thesis/models/plan.js'
import { recipe } from '../thesis/models/recipes.js'
import { shippedValues } from '../thesis/values/shipped.js'
import { architectureOf, datasetOf, measureOf, methodOf } from '../thesis/values/value-of.js'
import { commandLine, run, severalNames, valuesOf, wholeNumber } from './command-line.js'
import { isForMachines, machineReadable, printResult } from './machine-output.js'

const ids = (values: readonly { readonly id: string }[]) => values.map(({ id }) => id).join(', ')
const shipped = {
  datasets: shippedValues('dataset'),
  networks: shippedValues('architecture'),
  methods: shippedValues('method'),
  measures: shippedValues('measure'),
}

const command = machineReadable(
  commandLine(
    'npm run evaluate --',
    'How well explanations of trained networks find the relevant items of the test sequences. Each option that names something may ' +
      'be given several times, or list several by commas.',
  )
    .option('--limit <n>', 'test sequences. Default: all', wholeNumber())
    .option(
      '--method <name>',
      `${ids(shipped.methods)}, one found in src/explanation/methods, or a file such as ./mine.ts. Default: the poster's, ${ids(posterMethods)}`,
      severalNames,
    )
    .option(
      '--measure <name>',
      `${ids(shipped.measures)}, one found in src/evaluation/measures, or a file such as ./mine.ts. Default: ${shipped.measures[0]!.id}`,
      severalNames,
    )
    .option(
      '--dataset <name>',
      `${ids(shipped.datasets)}, one found in data, or a file. Default: the shipped ones`,
      severalNames,
    )
    .option(
      '--network <name>',
      `${ids(shipped.networks)}, one found in src/architectures, or a file such as ./mine.ts. Default: the shipped ones`,
      severalNames,
    )
    .option('--jobs <n>', 'processes at once. Default: one per core', wholeNumber()),
  'an array of rows {dataset, network, method, measure, accuracy, mean, low, high, baseline, sequences} and nothing else',
  'the same as a table',
)

interface Options {
  readonly limit?: number
  readonly method?: readonly string[]
  readonly measure?: readonly string[]
  readonly dataset?: readonly string[]
  readonly network?: readonly string[]
  readonly jobs?: number
}

await run(command, async () => {
  const { limit, jobs, ...names } = command.opts<Options>()
  const methods = await valuesOf<Method>(names.method, methodOf, posterMethods)
  const measures = await valuesOf<Measure>(names.measure, measureOf, shipped.measures.slice(0, 1))
  const datasets = await valuesOf<Dataset>(names.dataset, datasetOf, shipped.datasets)
  const networks = await valuesOf<Architecture>(names.network, architectureOf, shipped.networks)
  const plans: Plan[] = datasets.flatMap((dataset) => networks.map((network) => recipe(dataset, network)))
  const progress = progressDisplay({ label: 'Evaluation', total: plans.length, unit: 'networks' })
  const evaluations = await evaluateModels(plans, {
    methods,
    measures,
    limit,
    jobs,
    onProgress: (done) => progress.update(done * plans.length),
    onNote: (note) => process.stderr.write(`${note}\n`),
  })
  progress.finish()
  await printResult(command, { json: () => scoreTable(evaluations).objects() })
  if (!isForMachines(command)) printTable(evaluations)
  return 0
})

function printTable(evaluations: readonly ModelEvaluation[]): void {
  const correct = scoreTable(evaluations, 'correct').objects()
  const header = ['dataset', 'network', 'method', 'measure', 'accuracy', 'mean [95 % interval]']
  const lines = scoreTable(evaluations)
    .objects()
    .map((row, i) => [
      row.dataset,
      row.network,
      row.method,
      row.measure,
      `${(100 * row.accuracy).toFixed(2)} %`,
      `${row.mean.toFixed(3)} [${row.low.toFixed(3)}, ${row.high.toFixed(3)}]`,
      shown(correct[i]!),
      row.baseline.toFixed(3),
      String(row.sequences),
    ])
  const cells = [[...header, 'correct only', 'baseline', 'sequences'], ...lines]
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((line) => line[column]!.length)))
  for (const line of cells) {
    const padded = line.map((cell, column) =>
      column < 4 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
    )
    console.log(padded.join('  ').trimEnd())
  }
}

/** A mean, or a dash where it is over no sequence. */
const shown = ({ mean }: ScoreRow): string => (Number.isNaN(mean) ? '–' : mean.toFixed(3))
