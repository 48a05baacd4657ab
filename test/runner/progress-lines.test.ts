import { expect, test } from 'vitest'
import { progressDisplay } from '../../src/notebook/index.js'
import type { JsonObject } from '../../src/runner/json.js'
import { progressLines } from '../../src/runner/progress-lines.js'
import { progressText } from '../../src/runner/progress-text.js'
import { startFakeKernel } from '../notebook/fake-kernel.js'

/** Lines of a run on a clock of the test's own, in seconds. */
const lines = (stream: { isTTY?: boolean; columns?: number } = {}) => {
  let written = ''
  let seconds = 100
  const writer = {
    ...stream,
    write: (text: string) => {
      written += text
    },
  }
  return {
    progress: progressLines('01-first', writer, () => seconds * 1000),
    pass: (more: number) => {
      seconds += more
    },
    written: () => written,
  }
}

/** What a terminal shows in the end, line by line. */
const shown = (written: string): string[] =>
  written.split('\n').map((line) => line.split('\r\u001b[K').at(-1)!)

test('a terminal shows the progress of a cell in one line, which its end replaces', () => {
  const { progress, written } = lines({ isTTY: true, columns: 61 })
  progress.cellStarted(3, 12)
  expect(shown(written())).toEqual(['01-first  cell  3/12  …'])
  progress.cellProgressed(3, 12, 'Deep ██░░ 2 of 4 epochs · about 20 s left')
  progress.cellProgressed(3, 12, 'Deep ███░ 3 of 4 epochs · about 10 s left · loss 0.3')
  expect(shown(written())).toEqual(['01-first  cell  3/12  Deep ███░ 3 of 4 epochs · about 10 s …'])
  progress.cellEnded(3, 12, 40, true)
  expect(shown(written())).toEqual(['01-first  cell  3/12  40.0 s', ''])
})

test('no line is wider than the terminal, which could not replace it', () => {
  const { progress, written } = lines({ isTTY: true, columns: 30 })
  progress.cellProgressed(1, 1, 'x'.repeat(100))
  expect(Math.max(...shown(written()).map(({ length }) => length))).toBe(29)
})

test('elsewhere a line of progress comes every five seconds at most', () => {
  const { progress, pass, written } = lines()
  progress.cellStarted(1, 2)
  for (let step = 1; step <= 24; step++) {
    pass(0.5)
    progress.cellProgressed(1, 2, `step ${step}`)
  }
  progress.cellEnded(1, 2, 12, true)
  expect(written().split('\n')).toEqual([
    '01-first  cell 1/2  step 10',
    '01-first  cell 1/2  step 20',
    '01-first  cell 1/2  12.0 s',
    '',
  ])
})

test('a cell that takes a moment has no line of progress elsewhere', () => {
  const { progress, pass, written } = lines()
  progress.cellStarted(1, 1)
  pass(1)
  progress.cellProgressed(1, 1, 'half')
  progress.cellEnded(1, 1, 1, true)
  expect(written()).toBe('01-first  cell 1/1  1.0 s\n')
})

test('a notebook reports its progress as a line with the time left first, until it has ended', () => {
  const kernel = startFakeKernel()
  try {
    let now = 0
    const progress = progressDisplay({ label: 'Deep', total: 4, clock: () => now })
    const text = () => progressText(kernel.outputs.at(-1) as unknown as JsonObject)
    now = 10_000
    progress.update(1)
    expect(text()).toBe('███░░░░░░░ 25 % · about 30 s left · Deep · 1 of 4 epochs')
    progress.finish()
    expect(text()).toBeUndefined()
  } finally {
    kernel.stop()
  }
})

test('what else a cell shows is no progress', () => {
  expect(progressText({ data: { 'text/plain': 'a figure' }, metadata: {} })).toBeUndefined()
  expect(progressText({ name: 'stdout', text: '50 %' })).toBeUndefined()
})
