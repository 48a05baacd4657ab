import { describe, expect, it } from 'vitest'
import { inParallel, runWorker } from '../../src/thesis/models/worker-process.js'

const talkingWorker = new URL('./fixtures/talking-worker.ts', import.meta.url)

describe('a worker process', () => {
  it('is heard to the end, however long its last message is', async () => {
    const heard: number[] = []
    const end = await runWorker<{ length: number }, { text: string }>(
      talkingWorker,
      { length: 20_000_000 },
      { onMessage: ({ text }) => heard.push(text.length) },
    )
    expect(heard).toEqual([20_000_000])
    expect(end).toEqual({ code: 3, killedBy: null })
  })
})

describe('work in parallel', () => {
  it('takes each item once, a few at a time', async () => {
    const done: [string, number][] = []
    let [running, most] = [0, 0]
    await inParallel(['a', 'b', 'c', 'd', 'e'], 2, async (item, index) => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setImmediate(resolve))
      running--
      done.push([item, index])
    })
    expect(done.sort()).toEqual(['a', 'b', 'c', 'd', 'e'].map((item, index) => [item, index]))
    expect(most).toBe(2)
  })
})
