import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { posterMethods } from '../catalogue/index.js'
import { cosine } from '../evaluation/measures/cosine.js'
import { cosineBeyondChance } from '../evaluation/measures/cosine-beyond-chance.js'
import { itemRanking } from '../evaluation/measures/item-ranking.js'
import { scoreFigure } from '../figures/charts/score-figure.js'
import { exportFigure } from '../figures/export/export-figure.js'
import { inText, measureInText, methodLongName, methodName } from '../figures/kit/names.js'
import { projectRoot } from '../files/project-root.js'
import { writeAtomically } from '../files/write-atomically.js'
import { type ControlRow, controlScores, evaluateControls } from '../thesis/controls/scores/index.js'
import { evaluateModelsOnce } from '../thesis/evaluation/evaluation-cache.js'
import { type ScoreRow, scoreTable } from '../thesis/evaluation/score-table.js'
import { recipes } from '../thesis/models/recipes.js'
import { listed } from '../thesis/reading/sentences.js'
import { measureOf } from '../thesis/values/value-of.js'
import { commandLine, run, several, valuesOf, wholeNumber } from './command-line.js'
import { resultsTable } from './results-table.js'

const START = '<!-- results: written by npm run readme -->'
const END = '<!-- end of results -->'

/** Means of controls need no third place, and there are three times as many of them. */
const CONTROLLED = 1000

const command = commandLine(
  'npm run readme --',
  "Evaluates the shipped checkpoints on the test sequences, and writes README's table and figure from it.",
)
  .option('--limit <n>', 'test sequences. Default: all', wholeNumber())
  .option(
    '--measure <name>',
    'a measure or its file; may be given several times, and the figure shows the first. Default: cosine, cosineBeyondChance and itemRanking',
    several,
  )
  .option(
    '--controls <n>',
    `test sequences that controls explain. Default: ${CONTROLLED}, or --limit where that is less`,
    wholeNumber(),
  )

await run(command, async () => {
  const {
    limit,
    measure: names,
    controls: controlled,
  } = command.opts<{ limit?: number; measure?: string[]; controls?: number }>()
  const measures = await valuesOf(names, measureOf, [cosine, cosineBeyondChance, itemRanking])
  const how = { methods: posterMethods, measures }
  const evaluations = await evaluateModelsOnce(recipes, { ...how, limit, onProgress: progressOf('networks') })
  const controls = controlScores(
    await evaluateControls(recipes, {
      ...how,
      limit: controlled ?? Math.min(limit ?? CONTROLLED, CONTROLLED),
      onProgress: progressOf('controls'),
    }),
  ).objects()
  const rows = scoreTable(evaluations).objects()
  const table = `${captionOf(rows, controls)}\n\n${resultsTable(rows, controls)}`

  const root = projectRoot()
  await exportFigure(
    scoreFigure(rows, { measure: measures[0]!.id, controls }),
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

/** Progress on the terminal's line. */
function progressOf(what: string): (done: number, finished: readonly string[]) => void {
  return (done, finished) =>
    process.stderr.write(`\r${what} ${(100 * done).toFixed(0)} %  ${finished.at(-1) ?? ''}      `)
}

/** What stands above the table. */
function captionOf(rows: readonly ScoreRow[], controls: readonly ControlRow[]): string {
  const distinct = (of: (row: ScoreRow) => string) => [...new Set(rows.map(of))]
  const measures = distinct(({ measure }) => measure)
  const count = (sequences: number) => sequences.toLocaleString('en')
  const reach = Math.max(...rows.map(({ mean, low, high }) => Math.max(high - mean, mean - low)))
  // Columns of several measures have room for the short names alone.
  const [intervals, names] =
    measures.length > 1
      ? [
          `no 95 % bootstrap interval reaches further than ${reach.toFixed(3)}`,
          `${listed(distinct(({ method }) => `${methodName(method)} is ${inText(methodLongName(method))}`))}. `,
        ]
      : ['with its 95 % bootstrap interval', '']
  return (
    `Mean ${listed(measures.map(measureInText))} over ${count(rows[0]!.sequences)} test sequences of each dataset, ${intervals}. ` +
    `${names}The highest control is the highest mean, over ${count(controls[0]!.sequences)} sequences, of networks that are untrained or ` +
    'were trained on shuffled labels:'
  )
}

/** README with another table between its two marks. */
function withTable(readme: string, table: string): string {
  const [before, rest] = readme.split(START)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined)
    throw new Error(`README.md has lost the lines ${START} and ${END}`)
  return `${before}${START}\n${table}\n${END}${after}`
}
