import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CellResult, readResult, readRun, readSequences, writeCell } from '../../study/cell-result.js'
import { DEFAULT_DESIGN } from '../../study/design.js'
import { CELLS, DESIGN, readCells, readDesign } from '../../study/study.js'
import { ownStudy, RESULT, SCORES } from '../../study/study-folder.js'
import { inside } from '../inside.js'
import type { Subject } from '../subject.js'

const ID = 'tiny-shallow-own-s1-0123456789ab'

/** Enough of a result for the files; what of it tables take is there. */
const resultOf = (id: string, variant: number) =>
  ({
    ...{ format: 1, id, choice: { network: 'shallow', dataset: 'tiny', variant: 'own', seed: 1 } },
    configuration: { dataset: 'tiny', network: 'shallow', problem: { items: 3 }, training: { epochs: 2 } },
    ...{ parameters: 120, checkpoint: 'ab'.repeat(32), backend: 'wasm', validationAccuracy: 0.4 },
    ...{ testAccuracy: 0.41 + variant, explainedAccuracy: 0.42, target: 'label', code: 'cd'.repeat(32) },
    rows: ['sensitivity', 'deepTaylor'].map((method, i) => ({
      ...{ method, measure: 'cosine', mean: 0.7 + i / 10, spread: 0.1, count: 20, missing: 0, chance: 0.816 },
    })),
    refused: [{ method: 'lrpEpsilon', why: 'it is not defined' }],
  }) as unknown as CellResult

const cell: Subject = {
  kind: 'study cell',
  isSealed: true,
  make(folder, variant) {
    const values = (phase: number) => Float32Array.from({ length: 20 }, (_, i) => Math.sin(i + phase))
    return writeCell(
      join(folder, ID),
      resultOf(variant === 0 ? ID : 'tiny-shallow-own-s2-abcdef012345', variant),
      {
        sequence: Float32Array.from({ length: 20 }, (_, i) => i),
        ...{ relevant: values(0).map(() => 5), correct: values(0).map(() => 1) },
        'sensitivity/cosine': values(variant),
      },
      {
        processor: 'one',
        node: process.version,
        training: 3.5 + variant,
        evaluation: 1.25,
        finished: '2026-01-01T00:00:00Z',
      },
    )
  },
  async read(folder) {
    const of = join(folder, ID)
    const result = await readResult(of)
    const sequences = await readSequences(of, result)
    const scores = Object.entries(sequences).map(([name, values]) => [name, Array.from(values)])
    return JSON.stringify([result, scores])
  },
}

const run: Subject = {
  kind: 'study cell: how it was computed',
  isSealed: true,
  async make(folder, variant) {
    await cell.make(folder, variant)
    for (const name of [RESULT, SCORES]) rmSync(join(folder, ID, name))
  },
  async read(folder) {
    const found = await readRun(join(folder, ID))
    return found && JSON.stringify(found)
  },
}

const STUDY = 'tiny'

const plan: Subject = {
  kind: 'study design and cells',
  isSealed: false,
  names: [`study '${STUDY}'`],
  make: (folder, variant) =>
    inside(folder, () => {
      mkdirSync(ownStudy(STUDY), { recursive: true })
      const choices = [1, 2].map((seed) => ({
        network: 'shallow',
        dataset: 'tiny',
        variant: 'own',
        seed: seed + variant,
      }))
      const design = {
        parts: [
          { networks: ['shallow'], datasets: ['tiny'], variants: ['own'], seeds: [1 + variant, 2 + variant] },
        ],
        ...DEFAULT_DESIGN,
      }
      const cells = choices.map((choice) => ({
        id: `tiny-shallow-own-s${choice.seed}-0123456789ab`,
        ...choice,
        checkpoint: 'tiny-shallow-0123456789ab',
      }))
      for (const [name, content] of [
        [DESIGN, design],
        [CELLS, cells],
      ] as const)
        writeFileSync(join(ownStudy(STUDY), name), `${JSON.stringify(content, null, 1)}\n`)
    }),
  read: (folder) => inside(folder, () => JSON.stringify([readDesign(STUDY), readCells(STUDY)])),
}

export const studyFiles: readonly Subject[] = [cell, run, plan]
