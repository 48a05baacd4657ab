import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { architectures } from '../architectures/index.js'
import { projectRoot } from '../data/project-root.js'
import { writeAtomically } from '../data/write-atomically.js'
import { methods, posterMethods } from '../explanation/index.js'
import { cosineFigure } from '../figures/cosine-figure.js'
import { exportFigure } from '../figures/export/export-figure.js'
import { evaluateModelsOnce } from '../thesis/evaluation-cache.js'
import { evaluationRows } from '../thesis/evaluation-rows.js'
import { recipes } from '../thesis/recipes.js'
import { resultsTable } from './results-table.js'

// npm run readme: evaluates the shipped checkpoints on all test sequences and writes README's table and figure from it.
const START = '<!-- results: written by npm run readme -->'
const END = '<!-- end of results -->'

const root = projectRoot()
const evaluations = await evaluateModelsOnce(recipes, {
  methods: methods.map(({ name }) => name),
  onProgress: (done, finished) =>
    process.stderr.write(`\r${(100 * done).toFixed(0)} %  ${finished.at(-1) ?? ''}      `),
})
const rows = evaluations.flatMap((evaluation, i) => evaluationRows(recipes[i]!, evaluation, 'all'))
const table = resultsTable(rows, architectures, posterMethods)

const poster = rows.filter(({ method }) => posterMethods.some(({ name }) => name === method))
await exportFigure(cosineFigure(poster), join(root, 'notebooks', 'images', 'cosine'), {
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
