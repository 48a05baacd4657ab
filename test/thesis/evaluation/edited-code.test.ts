import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeDigest } from '../../../src/thesis/values/code-digest.js'
import { copySources, type SourceCopy } from '../source-copy.js'

/** By what each part of an evaluation's address is found, as files of the project. */
const PARTS = {
  deepTaylor: ['src/explanation/methods/deep-taylor.ts'],
  sensitivity: ['src/explanation/methods/sensitivity.ts'],
  cosine: ['src/evaluation/measures/cosine.ts'],
  driver: ['src/thesis/evaluation/evaluate-sequences.ts', 'src/data/splits.ts'],
} as const
type Part = keyof typeof PARTS

let copy: SourceCopy
beforeAll(() => {
  copy = copySources()
})
afterAll(() => copy.remove())

async function digests(): Promise<Record<Part, string>> {
  const found: Partial<Record<Part, string>> = {}
  for (const part of Object.keys(PARTS) as Part[])
    found[part] = (await codeDigest(...PARTS[part].map(copy.path))).digest
  return found as Record<Part, string>
}

/** Which parts of an address an edit changes; the edit is undone. */
async function changedBy(file: string, from: string, to: string): Promise<string[]> {
  const before = await digests()
  copy.edit(file, from, to)
  const after = await digests()
  copy.edit(file, to, from)
  expect(await digests()).toEqual(before)
  return Object.keys(PARTS).filter((part) => before[part as Part] !== after[part as Part])
}

describe("an edit of the project's code", () => {
  it.each([
    [
      'a rule of deep Taylor',
      'src/explanation/shares.ts',
      'tf.minimum(x, 0)',
      'tf.minimum(x, 1)',
      ['deepTaylor'],
    ],
    ['a gradient', 'src/explanation/methods/sensitivity.ts', 'tf.square(', 'tf.abs(', ['sensitivity']],
    ['the cosine', 'src/statistics/cosine.ts', 'Math.max(-1,', 'Math.max(0,', ['cosine']],
    ['the drawing of sequences', 'src/data/draw-sequence.ts', 'total - 1', 'total - 2', ['driver']],
    ['the range of pixels', 'src/data/pixel-range.ts', 'low: -1', 'low: 0', ['driver']],
    ['how scores are made', 'src/evaluation/score.ts', 'Math.min(high', 'Math.max(high', ['driver']],
    [
      'how explaining runs',
      'src/explanation/explain-batch.ts',
      'Math.max(0, f)',
      'Math.max(1, f)',
      ['driver'],
    ],
  ])('of %s makes the numbers that come from it anew, and no others', async (_, file, from, to, parts) => {
    expect(await changedBy(file, from, to)).toEqual(parts)
  })

  it.each([
    ['a comment', 'src/explanation/shares.ts', '/** min(0, x). */', '/** The negative part. */'],
    ['a title', 'src/explanation/methods/deep-taylor.ts', "'Deep Taylor decomposition'", "'Deep Taylor'"],
    ['a short title', 'src/explanation/methods/sensitivity.ts', "'SA'", "'Sens'"],
    ['the name of a baseline', 'src/evaluation/measures/cosine.ts', "'uniform'", "'equal'"],
    ['a title of a measure', 'src/evaluation/measures/cosine.ts', "'Cosine similarity'", "'Cosine'"],
    ['a colour', 'src/catalogue/styles.ts', '#', '#0'],
    ['a figure', 'src/figures/kit/theme.ts', 'export', '\nexport'],
  ])('of %s leaves all numbers', async (_, file, from, to) => {
    expect(await changedBy(file, from, to)).toEqual([])
  })
})

it('a method with a rule of its own imports neither other methods nor the catalogue', async () => {
  for (const part of ['deepTaylor', 'sensitivity', 'driver'] as const) {
    const { files } = await codeDigest(...PARTS[part].map(copy.path))
    const methods = files.filter((file) => file.includes('explanation') && file.includes('methods'))
    expect(methods.length).toBeLessThan(2)
    expect(files.filter((file) => /catalogue.(index|styles)|figures|notebook/.test(file))).toEqual([])
  }
  expect(readFileSync(copy.path('src/explanation/methods/deep-taylor.ts'), 'utf8')).toContain('propagation({')
})
