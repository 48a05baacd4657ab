import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { progressDisplay } from '../../src/notebook/index.js'
import { ProgressState } from '../../src/notebook/progress-state.js'
import { formatDuration } from '../../src/notebook/progress-view.js'
import { terminalLine } from '../../src/notebook/terminal-line.js'
import { type FakeKernel, startFakeKernel } from './fake-kernel.js'

const options = {
  label: 'Deep',
  total: 4,
  metrics: { loss: ['training loss', 'validation loss'], accuracy: ['validation accuracy'] },
  best: { metric: 'validation accuracy', goal: 'highest' },
} as const

/** Runs four epochs of ten batches, `milliseconds` each, on a clock of the test's own. */
function run(milliseconds: number, finish = true): void {
  let now = 1000
  const progress = progressDisplay({ ...options, clock: () => now })
  for (let batch = 1; batch <= 40; batch++) {
    now += milliseconds
    progress.update(batch / 10, { 'training loss': 2 / batch })
    if (batch % 10 === 0) {
      const epoch = batch / 10
      progress.update(epoch, {
        'validation loss': 1 / epoch,
        'validation accuracy': epoch === 3 ? 0.97 : 0.9,
      })
    }
  }
  if (finish) progress.finish()
}

describe('progress in a notebook', () => {
  let kernel: FakeKernel
  beforeEach(() => {
    kernel = startFakeKernel()
  })
  afterEach(() => kernel.stop())
  const html = () => String(kernel.outputs.at(-1)!.data['text/html'])
  const picture = () => Buffer.from(/svg\+xml;base64,([^"]+)/.exec(html())![1]!, 'base64').toString()

  it('is one output however often it is updated', () => {
    run(1000)
    expect(kernel.outputs).toHaveLength(1)
    expect(kernel.messages).toBeGreaterThan(20)
  })

  it('appears at once and says what is going to happen', () => {
    progressDisplay(options)
    expect(kernel.outputs[0]!.data['text/plain']).toBe('Deep ░░░░░░░░░░░░░░░░░░░░ 0 of 4 epochs')
  })

  it('is redrawn at most four times a second', () => {
    run(10) // 40 batches in 0.4 s
    expect(kernel.messages).toBeLessThanOrEqual(3)
  })

  it('tells the time left from the speed so far, not counting what a resumed run had done before', () => {
    let now = 0
    const progress = progressDisplay({ ...options, total: 10, start: 5, clock: () => now })
    now = 30_000
    progress.update(6)
    expect(html()).toContain('about 2 min 0 s left') // 4 more epochs at 30 s
    now = 31_000
    progress.update(10)
    expect(html()).toContain('about 0 s left')
  })

  it('ends in a state that holds no durations: fast and slow runs are saved alike', () => {
    run(1000)
    const slow = kernel.outputs[0]!.data
    run(3)
    const fast = kernel.outputs[1]!.data
    expect(fast).toEqual(slow)
    expect(JSON.stringify(slow)).not.toMatch(/left|\bmin\b/)
  })

  it('ends with the bar full, the last values and the best epoch', () => {
    run(1000)
    expect(kernel.outputs[0]!.data['text/plain']).toBe(
      'Deep ████████████████████ 4 of 4 epochs · finished · training loss 0.05 · validation loss 0.25 · ' +
        'validation accuracy 0.9 · best validation accuracy 0.97 at 3',
    )
    expect(html()).toContain('<progress max="1" value="1.000" aria-label="Deep"')
  })

  it('draws one line per metric while running and saves the curves as a picture with a text alternative', () => {
    run(1000, false)
    expect(html().match(/<path d="M[^"]*L[^"]*" fill="none"/g)).toHaveLength(3)
    run(1000)
    expect(html()).toMatch(
      /<img alt="Curves of training loss, validation loss, validation accuracy" src="data:/,
    )
    expect(picture()).toContain('role="img" aria-label="training loss 0.05, validation loss 0.25')
    expect(picture()).toContain('>validation loss</text>')
  })

  it('an interrupted run says where it stopped', () => {
    const progress = progressDisplay(options)
    progress.update(1.5, { 'training loss': 0.5 })
    progress.finish('interrupted')
    expect(kernel.outputs[0]!.data['text/plain']).toBe(
      'Deep ████████░░░░░░░░░░░░ 1.5 of 4 epochs · interrupted · training loss 0.5',
    )
  })

  it('a late update does not overwrite how the run ended', () => {
    let now = 0
    const progress = progressDisplay({ ...options, clock: () => now })
    progress.finish('interrupted')
    now = 10_000
    progress.update(2)
    expect(kernel.outputs[0]!.data['text/plain']).toContain('interrupted')
  })

  it('a label is text, not markup', () => {
    progressDisplay({ ...options, label: '<b onclick="x">' })
    expect(html()).toContain('&lt;b onclick=&quot;x&quot;&gt;')
  })
})

describe('progress outside a kernel', () => {
  it('goes to standard error, never to standard output', () => {
    const out = vi.spyOn(process.stdout, 'write')
    const error = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    run(1000)
    expect(out).not.toHaveBeenCalled()
    expect(error.mock.calls.length).toBeGreaterThan(2)
    vi.restoreAllMocks()
  })

  const collect = (stream: { isTTY: boolean; columns?: number }) => {
    const written: string[] = []
    const line = terminalLine({ ...stream, write: (text: string) => written.push(text) })
    for (let i = 0; i <= 1000; i++) line.write(`at ${i} `.repeat(20), i / 1000)
    line.end('done')
    return written
  }

  it('a terminal’s line is rewritten and never wraps', () => {
    const written = collect({ isTTY: true, columns: 40 })
    expect(written).toHaveLength(1003)
    for (const text of written.slice(0, -1)) {
      expect(text.startsWith('\r\x1b[2K')).toBe(true)
      expect(text.length).toBeLessThanOrEqual('\r\x1b[2K'.length + 39)
      expect(text).not.toContain('\n')
    }
    expect(written.at(-1)).toBe('\n')
  })

  it('a log gets a few whole lines', () => {
    const written = collect({ isTTY: false })
    expect(written).toHaveLength(21)
    for (const text of written) expect(text.endsWith('\n')).toBe(true)
  })
})

describe('the state of a run', () => {
  it('keeps the first of equally good points and looks for the lowest when asked', () => {
    const state = new ProgressState(0, { metric: 'loss', goal: 'lowest' })
    for (const [at, loss] of [
      [1, 3],
      [2, 1],
      [3, 1],
      [4, 2],
    ] as const)
      state.update(at, { loss })
    expect(state.best).toEqual({ metric: 'loss', value: 1, at: 2 })
  })

  it('bounds the points of a curve and keeps their mean and their end', () => {
    const state = new ProgressState(0)
    for (let i = 1; i <= 10_000; i++) state.update(i, { loss: i })
    const points = state.series.get('loss')!.points
    expect(points.length).toBeGreaterThan(80)
    expect(points.length).toBeLessThanOrEqual(201)
    for (const { x, y } of points) expect(y).toBeCloseTo(x, 6)
    expect(points.at(-1)!.x).toBeGreaterThan(9_900)
    expect(state.series.get('loss')!.last).toEqual({ x: 10_000, y: 10_000 })
  })

  it('leaves values that are not finite out of the curve', () => {
    const state = new ProgressState(0)
    state.update(1, { loss: Number.NaN })
    expect(state.series.size).toBe(0)
  })
})

it('durations get coarser the longer they are', () => {
  const texts = [0.2, 59.2, 61, 127, 599, 3599, 7199, 9000].map(formatDuration)
  expect(texts).toEqual([
    '1 s',
    '1 min 0 s',
    '1 min 0 s',
    '2 min 10 s',
    '10 min',
    '1 h 0 min',
    '2 h 0 min',
    '2 h 30 min',
  ])
})

it('bad totals and positions are refused', () => {
  expect(() => progressDisplay({ label: 'x', total: 0 })).toThrow('total is 0')
  expect(() => progressDisplay({ label: 'x', total: 3, start: 3 })).toThrow('above the start, 3')
  const error = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  expect(() => progressDisplay({ label: 'x', total: 3 }).update(Number.NaN)).toThrow('done is NaN')
  error.mockRestore()
})
