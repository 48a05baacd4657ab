import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeSafetensors, encodeSafetensors } from '../../src/files/safetensors.js'
import {
  type CellResult,
  readResult,
  readRun,
  readSequences,
  writeCell,
} from '../../src/study/cell-result.js'
import { temporaryFolder } from '../data/synthetic.js'

const RUN = { processor: 'one', node: 'v20', training: 2, evaluation: 1, finished: '2026-01-01T00:00:00Z' }
const SEQUENCES = {
  sequence: Float32Array.of(0, 1),
  relevant: Float32Array.of(5, 3),
  correct: Float32Array.of(1, 0),
  'sensitivity/cosine': Float32Array.of(0.5, 0.25),
}

/** A cell of a study, with as little of a result as its files need. */
async function writtenCell(id: string): Promise<string> {
  const folder = join(temporaryFolder(), id)
  await writeCell(folder, { format: 1, id } as unknown as CellResult, SEQUENCES, RUN)
  return folder
}

const sequencesIn = async (folder: string) => readSequences(folder, await readResult(folder))

describe("a cell's files", () => {
  it('are read as they were written', async () => {
    const folder = await writtenCell('a-s1')
    expect(await sequencesIn(folder)).toEqual(SEQUENCES)
    expect(await readRun(folder)).toEqual(RUN)
  })

  it('are refused where a score is another, is of another cell or is missing', async () => {
    const folder = await writtenCell('a-s1')
    const file = join(folder, 'scores.safetensors')
    const whole = decodeSafetensors(readFileSync(file), file)
    const values = Float32Array.of(0.5, 0.2500001)
    writeFileSync(
      file,
      encodeSafetensors({
        ...whole,
        tensors: { ...whole.tensors, 'sensitivity/cosine': { shape: [2], values } },
      }),
    )
    await expect(sequencesIn(folder)).rejects.toThrow('is damaged: its digest is not the one in result.json')
    writeFileSync(file, readFileSync(join(await writtenCell('b-s1'), 'scores.safetensors')))
    await expect(sequencesIn(folder)).rejects.toThrow(`${file} holds the scores of b-s1`)
    rmSync(file)
    await expect(sequencesIn(folder)).rejects.toThrow(`${file} cannot be read: there is no such file`)
  })

  it('are refused where the result is of another cell, and how it was computed is then not known', async () => {
    const folder = await writtenCell('a-s1')
    const other = await writtenCell('b-s1')
    for (const name of ['result.json', 'run.json'])
      writeFileSync(join(folder, name), readFileSync(join(other, name)))
    await expect(readResult(folder)).rejects.toThrow(
      'is the result of b-s1; delete its folder to compute it anew',
    )
    expect(await readRun(folder)).toBeNull()
  })

  it('that say how it was computed are not believed once edited', async () => {
    const folder = await writtenCell('a-s1')
    const file = join(folder, 'run.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace('"training": 2', '"training": 3'))
    expect(await readRun(folder)).toBeNull()
  })
})
