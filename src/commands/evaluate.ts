import { parseArgs } from 'node:util'
import { methods } from '../explanation/index.js'
import { uniformBaseline } from '../statistics/index.js'
import { evaluateModels } from '../thesis/evaluation/evaluate-models.js'
import { evaluationRows } from '../thesis/evaluation/score-table.js'
import { recipes } from '../thesis/models/recipes.js'

const HELP = `npm run evaluate -- [--json] [--limit N] [--method NAME]…

How well explanations of the shipped checkpoints find the relevant items of the test sequences.
  --json         an array of rows {dataset, network, method, accuracy, cosine, low, high, sequences} and nothing else
  --limit N      N test sequences instead of all 10,000
  --method NAME  one of ${methods.map(({ id }) => id).join(', ')}; several may be given (all unless told)
  --dataset NAME, --network NAME  only these`

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    limit: { type: 'string' },
    method: { type: 'string', multiple: true },
    dataset: { type: 'string', multiple: true },
    network: { type: 'string', multiple: true },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
if (values.help) {
  console.log(HELP)
  process.exit(0)
}
const limit = values.limit === undefined ? undefined : Number(values.limit)
if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1)) {
  console.error(`--limit is ${values.limit}; it must be a whole number of at least 1`)
  process.exit(2)
}
const chosen = values.method ?? methods.map(({ id }) => id)
const unknown = chosen.filter((name) => !methods.some((method) => method.id === name))
if (unknown.length > 0) {
  console.error(`unknown method ${unknown.join(', ')}; there are ${methods.map(({ id }) => id).join(', ')}`)
  process.exit(2)
}
const configurations = recipes.filter(
  ({ dataset, network }) =>
    (values.dataset?.includes(dataset) ?? true) && (values.network?.includes(network) ?? true),
)

const started = Date.now()
let last = 0
const evaluations = await evaluateModels(configurations, {
  methods: chosen,
  limit,
  onProgress: (done, finished) => {
    if (Date.now() - last < 2000 || done === 0) return
    last = Date.now()
    const left = ((Date.now() - started) / 1000) * (1 / done - 1)
    process.stderr.write(
      `${(100 * done).toFixed(0).padStart(3)} %  about ${left.toFixed(0)} s left  ${finished.at(-1) ?? ''}\n`,
    )
  },
})
const rows = evaluations.flatMap((evaluation, i) => evaluationRows(configurations[i]!, evaluation, 'all'))
if (values.json) {
  process.stdout.write(`${JSON.stringify(rows, null, 1)}\n`)
} else {
  const correct = evaluations.flatMap((evaluation, i) =>
    evaluationRows(configurations[i]!, evaluation, 'correct'),
  )
  console.log(
    'dataset            network      method              accuracy   cosine [95 % interval]   correct only   sequences',
  )
  for (const [i, row] of rows.entries()) {
    console.log(
      [
        row.dataset.padEnd(18),
        row.network.padEnd(12),
        row.method.padEnd(19),
        `${(100 * row.accuracy).toFixed(2)} %`.padStart(8),
        `${row.cosine.toFixed(3)} [${row.low.toFixed(3)}, ${row.high.toFixed(3)}]`.padStart(24),
        correct[i]!.cosine.toFixed(3).padStart(14),
        String(row.sequences).padStart(11),
      ].join(' '),
    )
  }
  console.log(`equal relevance on all items scores ${uniformBaseline(3, 2).toFixed(3)}`)
}
