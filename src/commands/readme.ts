import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { posterMethods } from '../catalogue/index.js'
import { cosine } from '../evaluation/measures/cosine.js'
import { scoreFigure } from '../figures/charts/score-figure.js'
import { exportFigure } from '../figures/export/export-figure.js'
import { measureInText } from '../figures/kit/names.js'
import { projectRoot } from '../files/project-root.js'
import { writeAtomically } from '../files/write-atomically.js'
import { evaluateModelsOnce } from '../thesis/evaluation/evaluation-cache.js'
import { scoreTable } from '../thesis/evaluation/score-table.js'
import { recipes } from '../thesis/models/recipes.js'
import { measureOf } from '../thesis/values/value-of.js'
import { commandLine, run, several, valuesOf, wholeNumber } from './command-line.js'
import { resultsTable } from './results-table.js'

const START = '<!-- results: written by npm run readme -->'
const END = '<!-- end of results -->'

const command = commandLine(
  'npm run readme --',
  "Evaluates the shipped checkpoints on the test sequences, and writes README's table and figure from it.",
)
  .option('--limit <n>', 'test sequences. Default: all', wholeNumber())
  .option(
    '--measure <name>',
    'a measure or its file; may be given several times, and the figure shows the first. Default: cosine',
    several,
  )

await run(command, async () => {
  const { limit, measure: names } = command.opts<{ limit?: number; measure?: string[] }>()
  const measures = await valuesOf(names, measureOf, [cosine])
  const evaluations = await evaluateModelsOnce(recipes, {
    methods: posterMethods,
    measures,
    limit,
    onProgress: (done, finished) =>
      process.stderr.write(`\r${(100 * done).toFixed(0)} %  ${finished.at(-1) ?? ''}      `),
  })
  const rows = scoreTable(evaluations).objects()
  const count = rows[0]!.sequences.toLocaleString('en')
  const means = measures.map(({ id }) => measureInText(id))
  const caption = `Mean ${means.join(' and ')} over ${count} test sequences of each dataset, with its 95 % bootstrap interval:`
  const table = `${caption}\n\n${resultsTable(rows)}`

  const root = projectRoot()
  await exportFigure(
    scoreFigure(rows, { measure: measures[0]!.id }),
    join(root, 'notebooks', 'images', 'cosine'),
    {
      widthMm: 178,
      formats: ['png'],
      dpi: 200,
    },
  )
  const file = join(root, 'README.md')
  await writeAtomically(file, Buffer.from(withTable(await readFile(file, 'utf8'), table)))
  console.log(`\n${table}`)
  return 0
})

/** README with another table between its two marks. */
function withTable(readme: string, table: string): string {
  const [before, rest] = readme.split(START)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined)
    throw new Error(`README.md has lost the lines ${START} and ${END}`)
  return `${before}${START}\n${table}\n${END}${after}`
}
