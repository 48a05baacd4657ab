import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { type FitSettings, fit as runFit } from '../../src/training/fit.js'
import { layoutOf } from '../../src/training/layout.js'
import type { TrainingOptions } from '../../src/training/options.js'
import type { TrainingState } from '../../src/training/state.js'
import { loadState, saveState } from '../../src/training/state-file.js'
import { emptyFolder } from './folder.js'
import { freshTrain, network, options, plain, train, validation } from './problem.js'

beforeAll(async () => {
  await useBackend()
})

const ADDRESS = 'configuration'

/** Trains until `stopAt` batches were done in this run; the state goes through a file. */
async function trainUntil(stopAt: number, file: string, settings: Omit<FitSettings, 'state' | 'signal'>) {
  const controller = new AbortController()
  const layout = layoutOf(settings.network.specs)
  const state = (await loadState(file, ADDRESS, layout)) ?? undefined
  let batches = 0
  if (stopAt === 0) controller.abort()
  const result = await runFit({
    ...settings,
    state,
    signal: controller.signal,
    onBatch: () => {
      if (++batches === stopAt) controller.abort()
    },
  })
  await saveState(file, ADDRESS, result.state)
  return { ...result, batches }
}

const cases: [string, string, Partial<TrainingOptions>, FitSettings['train']][] = [
  ['Shallow, cosine, ordinary dropout', 'shallow', {}, train],
  [
    'R-LSTM, per-sequence dropout, fresh sequences',
    'r-lstm',
    { dropout: 'perSequence', schedule: 'constant' },
    freshTrain,
  ],
  ['ConvDeep, no dropout', 'convdeep', { keepProbability: 1 }, train],
]

describe.each(cases)('an interrupted training: %s', (_what, name, changed, train) => {
  const settings = { network: network(name), train, validation, options: { ...options, ...changed } }
  let whole: TrainingState

  beforeAll(async () => {
    whole = (await runFit(settings)).state
  })

  it('that is saved after any batch, loaded and taken up ends bit for bit as one that never stopped', async () => {
    for (let stopAt = 0; stopAt <= 10; stopAt++) {
      const file = join(emptyFolder(), 'state.safetensors')
      const stopped = await trainUntil(stopAt, file, settings)
      expect([stopped.ending, stopped.batches]).toEqual([stopAt < 10 ? 'interrupted' : 'finished', stopAt])
      // After the last batch of an epoch comes its validation, then the stop.
      expect([stopped.state.epoch, stopped.state.batch]).toEqual([Math.floor(stopAt / 5), stopAt % 5])
      const resumed = await trainUntil(Number.POSITIVE_INFINITY, file, settings)
      expect(resumed.ending).toBe('finished')
      expect(resumed.batches).toBe(10 - stopAt)
      expect(plain(resumed.state)).toEqual(plain(whole))
    }
  })

  it('may be stopped after every single batch', async () => {
    const file = join(emptyFolder(), 'state.safetensors')
    let ending = 'interrupted'
    let runs = 0
    let state: TrainingState | null = null
    while (ending === 'interrupted') {
      const result = await trainUntil(1, file, settings)
      ending = result.ending
      state = result.state
      runs++
    }
    expect(runs).toBe(10)
    expect(plain(state!)).toEqual(plain(whole))
  })
})
