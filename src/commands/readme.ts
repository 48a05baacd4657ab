import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { architectures } from '../architectures/index.js'
import { posterMethods } from '../explanation/index.js'
import { cosineFigure } from '../figures/charts/score-figure.js'
import { exportFigure } from '../figures/export/export-figure.js'
import { projectRoot } from '../files/project-root.js'
import { writeAtomically } from '../files/write-atomically.js'
import { evaluateModelsOnce } from '../thesis/evaluation/evaluation-cache.js'
import { evaluationRows } from '../thesis/evaluation/score-table.js'
import { recipes } from '../thesis/models/recipes.js'
import { resultsTable } from './results-table.js'

// npm run readme -- [--limit N]: evaluates the shipped checkpoints on the test sequences, and writes README's table and
// figure from it.
const START = '<!-- results: written by npm run readme -->'
const END = '<!-- end of results -->'

const { values: options } = parseArgs({ options: { limit: { type: 'string' } } })
const limit = options.limit === undefined ? undefined : Number(options.limit)
const root = projectRoot()
const evaluations = await evaluateModelsOnce(recipes, {
  methods: posterMethods.map(({ id }) => id),
  limit,
  onProgress: (done, finished) =>
    process.stderr.write(`\r${(100 * done).toFixed(0)} %  ${finished.at(-1) ?? ''}      `),
})
const rows = evaluations.flatMap((evaluation, i) => evaluationRows(recipes[i]!, evaluation, 'all'))
const count = rows[0]!.sequences.toLocaleString('en')
const caption = `Mean cosine over ${count} test sequences of each dataset, with its 95 % bootstrap interval:`
const table = `${caption}\n\n${resultsTable(rows, architectures, posterMethods)}`

await exportFigure(cosineFigure(rows), join(root, 'notebooks', 'images', 'cosine'), {
  widthMm: 178,
  formats: ['png'],
  dpi: 200,
})

const file = join(root, 'README.md')
const readme = await readFile(file, 'utf8')
const [before, rest] = readme.split(START)
const after = rest?.split(END)[1]
if (before === undefined || after === undefined)
  throw new Error(`README.md has lost the lines ${START} and ${END}`)
await writeAtomically(file, Buffer.from(`${before}${START}\n${table}\n${END}${after}`))
console.log(`\n${table}`)
