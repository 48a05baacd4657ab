import { describe, expect, it } from 'vitest'
import { runWorker } from '../../../src/thesis/models/worker-process.js'

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
