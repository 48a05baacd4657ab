import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { claimFolder, type RunRecord, readRecord, writeRecord } from '../../src/sweep/sweep-folder.js'
import { temporaryFolder } from '../data/synthetic.js'

const RECORD: RunRecord = {
  ...{ parameters: { rate: 1 }, status: 'finished', seconds: 2.5, code: '0123456789ab' },
  numbers: { accuracy: 0.5, loss: 'Infinity' },
}

describe('the record of a run', () => {
  it('is read as it was written, and not at all once a number of it is another', () => {
    const folder = temporaryFolder()
    writeRecord(folder, RECORD)
    expect(readRecord(folder)).toEqual(RECORD)
    const file = join(folder, 'run.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace('0.5', '0.6'))
    expect(readRecord(folder)).toBeNull()
  })

  it('of before there were seals still counts', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'run.json'), JSON.stringify(RECORD))
    expect(readRecord(folder)).toEqual(RECORD)
  })
})

describe("a sweep's folder", () => {
  it.each(['', '{', 'null', '{}', '{"notebook": 3}'])(
    'whose sweep.json is %j is refused, and left as it is',
    (text) => {
      const folder = join(temporaryFolder(), 'rates')
      mkdirSync(folder)
      const file = join(folder, 'sweep.json')
      writeFileSync(file, text)
      expect(() => claimFolder(folder, 'notebooks/03-training.ipynb')).toThrow(
        /sweep\.json is damaged: .*; remove it/,
      )
      expect(readFileSync(file, 'utf8')).toBe(text)
    },
  )
})
