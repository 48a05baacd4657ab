import { commandLine, run } from '../../commands/command-line.js'
import { cellsOf } from '../../study/cell.js'
import { collectStudy } from '../../study/collect-study.js'
import { computeCell } from '../../study/compute-cell.js'
import type { Design } from '../../study/design.js'
import { planStudy, readCells } from '../../study/study.js'
import { finishedCell } from '../../study/study-folder.js'
import { ready, untilStopped } from './until-stopped.js'

/** Plans a small study of the dataset in `data/tiny`, computes the cells that are not finished, in this process, and collects its tables. */
const NAME = 'tiny'
const design: Design = {
  parts: [
    {
      networks: ['shallow'],
      datasets: ['./data/tiny'],
      variants: ['untrained', 'untrained2'],
      seeds: [1, 2],
    },
  ],
  ...{ methods: ['sensitivity', 'deepTaylor'], measures: ['cosine'], limit: 20 },
  kept: { methods: ['sensitivity'], measures: ['cosine'] },
}

await run(commandLine('study', 'Runs a small study.'), async () => {
  const signal = untilStopped()
  ready()
  await planStudy(NAME, design)
  for (const cell of await cellsOf(design)) {
    if (signal.aborted) return 130
    if (finishedCell(NAME, cell.id) === null) await computeCell(NAME, design, cell, { signal })
  }
  await collectStudy(NAME, readCells(NAME))
  return 0
})
