import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { architectures, posterMethods } from '../catalogue/index.js'
import { scoreFigure } from '../figures/charts/score-figure.js'
import { exportFigure } from '../figures/export/export-figure.js'
import { inText, measureInText, methodLongName, methodName } from '../figures/kit/names.js'
import { projectRoot } from '../files/project-root.js'
import { writeAtomically } from '../files/write-atomically.js'
import { type StudyScore, studyControls, studyScores } from '../study/analysis/study-scores.js'
import { claims } from '../study/claims.js'
import { readCells } from '../study/study.js'
import { studyRows } from '../study/study-table.js'
import { verdictsOf } from '../study/verdicts.js'
import { verdictsTable } from '../study/verdicts-page.js'
import { listed } from '../thesis/reading/sentences.js'
import { resultsTable } from './results-table.js'

/** The study that README's numbers are of. */
const STUDY = 'thesis'
const MEASURES = ['cosine', 'cosineBeyondChance', 'itemRanking']
const PAGE = `data/study/${STUDY}/VERDICTS.md`

/** Writes README's table, figure and verdicts, and returns the texts and the figure's place. */
export async function writeReadme(): Promise<{
  readonly results: string
  readonly verdicts: string
  readonly figure: string
}> {
  const { rows } = await studyRows(STUDY, readCells(STUDY))
  const shown = {
    networks: architectures.map(({ id }) => id),
    methods: posterMethods.map(({ id }) => id),
    measures: MEASURES,
  }
  const [scores, controls] = [studyScores(rows, shown), studyControls(rows, shown)]
  if (scores.length === 0) throw new Error(`study '${STUDY}' has no finished cell: npm run study -- run`)
  const parts = {
    results: `${captionOf(scores)}\n\n${resultsTable(scores, controls)}`,
    verdicts: verdictsTable(verdictsOf(claims, rows), PAGE),
  }
  const root = projectRoot()
  await exportFigure(
    scoreFigure(scores, { measure: MEASURES[0]!, controls }),
    join(root, 'notebooks', 'images', 'cosine'),
    {
      widthMm: 178,
      formats: ['png'],
      dpi: 200,
    },
  )
  const file = join(root, 'README.md')
  let text = await readFile(file, 'utf8')
  for (const [name, part] of Object.entries(parts)) text = withPart(text, name, part)
  await writeAtomically(file, Buffer.from(text))
  return { ...parts, figure: 'notebooks/images/cosine.png' }
}

/** What stands above the table. */
function captionOf(scores: readonly StudyScore[]): string {
  const distinct = <T>(of: (row: StudyScore) => T) => [...new Set(scores.map(of))]
  const seeds = distinct((row) => row.seeds).sort((a, b) => a - b)
  const counts = seeds.length === 1 ? `${seeds[0]}` : `${seeds[0]} to ${seeds.at(-1)}`
  const isOne = seeds.length === 1 && seeds[0] === 1
  const measures = distinct(({ measure }) => measure).map(measureInText)
  const methods = distinct(({ method }) => `${methodName(method)} is ${inText(methodLongName(method))}`)
  return (
    `Mean test accuracy, ${listed(measures)} over ${counts} trained network${isOne ? '' : 's'} of each kind, which differ in their seed; each explains ` +
    `${scores[0]!.sequences.toLocaleString('en')} test sequences. ± is how far the 95 % interval over seeds reaches. ${listed(methods)}. ` +
    'The highest control is the highest mean over seeds of networks that are untrained or were trained on shuffled labels:'
  )
}

/** README with another part between its two marks. */
function withPart(readme: string, name: string, part: string): string {
  const [start, end] = [`<!-- ${name}: written by npm run readme -->`, `<!-- end of ${name} -->`]
  const [before, rest] = readme.split(start)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined)
    throw new Error(`README.md has lost the lines ${start} and ${end}`)
  return `${before}${start}\n${part}\n${end}${after}`
}
