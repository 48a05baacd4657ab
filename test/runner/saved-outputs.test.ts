import { expect, test } from 'vitest'
import { differingCells, outputsDigest } from '../../src/runner/saved-outputs.js'

const output = (text: string) => ({ output_type: 'stream', name: 'stdout', text: [text] })
const notebook = (cells: Record<string, string[]>, count: number | null = 1): string =>
  JSON.stringify({
    cells: [
      { cell_type: 'markdown', id: 'text', source: ['words'] },
      ...Object.entries(cells).map(([id, texts]) => ({
        cell_type: 'code',
        id,
        outputs: texts.map(output),
        execution_count: count,
      })),
    ],
  })

const whole = notebook({ a: ['one', 'two'], b: ['three'] })

test('an edited, a truncated and a moved output, and another execution count, have other digests', () => {
  const others = [
    notebook({ a: ['one', 'TWO'], b: ['three'] }),
    notebook({ a: ['one'], b: ['three'] }),
    notebook({ a: [], b: [] }),
    notebook({ a: ['one'], b: ['two', 'three'] }),
    notebook({ a: ['one', 'two'], b: ['three'] }, 2),
  ]
  expect(new Set([whole, ...others].map(outputsDigest)).size).toBe(others.length + 1)
})

test('neither text nor the order of fields matters', () => {
  expect(outputsDigest(whole.replace('words', 'other words'))).toBe(outputsDigest(whole))
  const swapped = whole.replaceAll(
    '"output_type":"stream","name":"stdout"',
    '"name":"stdout","output_type":"stream"',
  )
  expect(swapped).not.toBe(whole)
  expect(outputsDigest(swapped)).toBe(outputsDigest(whole))
})

test('cells that differ are named, and those that only one notebook has', () => {
  expect(differingCells(whole, whole)).toEqual([])
  expect(differingCells(whole, notebook({ a: ['one', 'TWO'], c: [] }))).toEqual(['a', 'b', 'c'])
})
