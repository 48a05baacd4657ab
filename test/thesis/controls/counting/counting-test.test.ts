import { describe, expect, it } from 'vitest'
import { methods as shipped } from '../../../../src/catalogue/index.js'
import {
  deepTaylor,
  gradientTimesInput,
  randomRelevance,
  sensitivity,
  uniformRelevance,
} from '../../../../src/explanation/index.js'
import type { CountingNetwork } from '../../../../src/thesis/controls/counting/counting-network.js'
import { exactAddition, exactRLstm } from '../../../../src/thesis/controls/counting/exact-networks.js'
import {
  countingNetworks,
  countingOverview,
  countingSummary,
  countingTest,
} from '../../../../src/thesis/controls/counting/index.js'

const small = {
  methods: [gradientTimesInput, deepTaylor, sensitivity, uniformRelevance, randomRelevance],
  networks: [exactRLstm, exactAddition],
  seeds: [1, 2],
  sequences: 60,
  steps: 6,
}
const table = await countingTest(small)
const rows = table.objects()

describe('the counting test', () => {
  it('has a row for each network, seed and method', () => {
    const names = small.methods.map(({ id }) => id)
    expect(rows.map(({ network, seed, method }) => [network, seed, method])).toEqual(
      small.networks.flatMap(({ id }) => [1, 2].flatMap((seed) => names.map((name) => [id, seed, name]))),
    )
    for (const { sequences, error } of rows) {
      expect(sequences).toBe(60)
      expect(error).toBeLessThan(1e-10)
    }
  })

  it('gives scores or the reason why there are none', () => {
    for (const row of rows) {
      const scores = [
        row.correlation,
        row.low,
        row.high,
        row.numbers,
        row.perSequence,
        row.pixels,
        row.share,
        row.deviation,
      ]
      const refused = row.network === exactAddition.id && row.method === 'deepTaylor'
      if (refused) expect(row.refusal).toContain("layer 'lstm.gates', whose inputs may be negative")
      else expect(row.refusal).toBeNull()
      expect(scores.every((score) => (refused ? score === null : Number.isFinite(score)))).toBe(true)
      if (refused) continue
      expect(row.low!).toBeLessThanOrEqual(row.correlation! + 1e-12)
      expect(row.high!).toBeGreaterThanOrEqual(row.correlation! - 1e-12)
    }
  })

  it('sets right methods apart from chance', () => {
    for (const { method, correlation, perSequence, pixels, share, deviation } of rows) {
      if (method === 'gradientTimesInput') {
        expect([correlation, perSequence, share].map((score) => score!.toFixed(6))).toEqual(
          Array(3).fill('1.000000'),
        )
        expect(deviation).toBeCloseTo(0, 10)
      }
      if (method === 'randomRelevance') expect(Math.abs(correlation!)).toBeLessThan(0.2)
      if (method === 'uniformRelevance') expect([correlation, perSequence, pixels]).toEqual([0, 0, 0])
    }
  })

  it('draws sequences anew for each seed', () => {
    const random = rows
      .filter(({ method }) => method === 'randomRelevance')
      .map(({ correlation }) => correlation)
    expect(new Set(random).size).toBe(random.length)
  })

  it('tries every shipped method on networks of its own choice, trained ones too', async () => {
    const ids = countingNetworks.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const all = await countingTest({ networks: [exactRLstm], seeds: [1], sequences: 3, steps: 4 })
    expect(all.objects().map(({ method }) => method)).toEqual(shipped.map(({ id }) => id))
  })

  it('tells how far it is, training included, and ends when it is told to', async () => {
    const told: number[] = []
    const slow: CountingNetwork = {
      ...exactRLstm,
      id: 'slow',
      parameters: async (seed, events) => {
        events?.onProgress?.(0.5)
        return exactRLstm.parameters(seed)
      },
    }
    const onProgress = (done: number) => told.push(done)
    await countingTest({ ...small, networks: [slow], methods: [sensitivity], onProgress })
    expect(told).toEqual([0.125, 0.5, 0.625, 1])
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(countingTest({ ...small, signal })).rejects.toThrow('enough')
  })

  it('refuses what is no test', async () => {
    await expect(countingTest({ ...small, seeds: [] })).rejects.toThrow('no seed is given')
    await expect(countingTest({ ...small, methods: [sensitivity, sensitivity] })).rejects.toThrow(
      'sensitivity',
    )
    await expect(countingTest({ ...small, steps: 2 })).rejects.toThrow('steps is 2; counting shows 4 numbers')
  })
})

describe('the counting test in short', () => {
  const summary = countingSummary(table).objects()

  it('is the mean over seeds, with an interval, or the refusal', () => {
    expect(summary).toHaveLength(10)
    for (const row of summary) {
      const own = rows.filter(({ network, method }) => network === row.network && method === row.method)
      expect([row.seeds, row.sequences]).toEqual([2, 120])
      if (row.refusal !== null) {
        expect([row.correlation, row.low, row.high, row.share]).toEqual([null, null, null, null])
        continue
      }
      expect(row.correlation).toBeCloseTo((own[0]!.correlation! + own[1]!.correlation!) / 2, 12)
      expect(row.deviation).toBeCloseTo((own[0]!.deviation! + own[1]!.deviation!) / 2, 12)
      const both = own.map(({ correlation }) => correlation!)
      expect(row.low).toBeCloseTo(Math.min(...both), 12)
      expect(row.high).toBeCloseTo(Math.max(...both), 12)
    }
  })

  it('keeps the interval over sequences where there is one seed', async () => {
    const one = await countingTest({ ...small, seeds: [1] })
    const [first] = countingSummary(one).objects().slice(2)
    expect([first!.low, first!.high]).toEqual([one.objects()[2]!.low, one.objects()[2]!.high])
  })

  it('has a row for each method and a column for each network, to be read', () => {
    const overview = countingOverview(countingSummary(table))
    expect(overview.columnNames()).toEqual(['method', 'r-lstm-exact', 'lstm-exact-addition'])
    expect(overview.objects().slice(0, 2)).toEqual([
      { method: 'G×I', 'r-lstm-exact': '1.000 · 1.00', 'lstm-exact-addition': '1.000 · 1.00' },
      { method: 'DTD', 'r-lstm-exact': '1.000 · 1.00', 'lstm-exact-addition': 'refused' },
    ])
  })
})
