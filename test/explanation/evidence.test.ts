import { describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { architecture } from '../../src/catalogue/index.js'
import {
  gradientTimesInput,
  ledgersOf,
  lrpEpsilon,
  lrpGamma,
  lrpZero,
  type Method,
  sensitivity,
} from '../../src/explanation/index.js'
import { canCompile } from '../../src/network/execution.js'
import { runnersUpOf } from '../../src/network/predictions.js'
import { TINY } from '../architectures/networks.js'
import { deviation, randomValues } from '../network/tensors.js'
import { logOddsOf, small } from './small-networks.js'

// Top-level, since networks and sequences are made for several tests at once.
await useBackend()

const deep = small(architecture('deep'))

describe('the runner-up', () => {
  const secondOf = (row: readonly number[]) => {
    const sorted = [...row].sort((a, b) => b - a)
    return row.indexOf(sorted[1]!)
  }

  it('is the class of the second highest logit, explained like that class', () => {
    for (const repeated of [false, true]) {
      const own = deep.explain({ method: sensitivity, target: 'runnerUp', repeated })
      const expected = deep.logits().map(secondOf)
      expect([...own.target]).toEqual(expected)
      const byClass = deep.explain({ method: sensitivity, target: expected })
      expect(deviation(own.relevance, byClass.relevance)).toBeLessThan(1e-5)
      expect(deviation(own.entered, byClass.entered)).toBeLessThan(1e-6)
      const predicted = deep.explain({ method: sensitivity, target: 'prediction', repeated })
      expect(deviation(predicted.relevance, own.relevance)).toBeGreaterThan(0.01)
    }
  })

  it('of equal logits is the next, also where all are negative', () => {
    expect([...runnersUpOf(Float32Array.of(1, 1, 1, -5, -7, -6, 0, 4, 4), 3)]).toEqual([1, 2, 2])
  })
})

describe('log-odds', () => {
  const K = 2
  const at = (values?: ArrayLike<number>) => deep.logits(values).map((row) => logOddsOf(row, K))

  it('have the slope that differences show, one by one and compiled', () => {
    const direction = randomValues(deep.pixels.length, 'direction')
    const step = 2e-3
    const [ahead, behind] = [step, -step].map((move) =>
      at(deep.pixels.map((pixel, i) => pixel + move * direction[i]!)),
    )
    for (const repeated of canCompile() ? [false, true] : [false]) {
      const options = { method: gradientTimesInput, target: K, evidence: 'logOdds', repeated } as const
      const { relevance, entered } = deep.explain(options)
      expect(deviation(entered, at())).toBeLessThan(1e-5)
      const along = deep.sums(relevance.map((value, i) => (value / deep.pixels[i]!) * direction[i]!))
      for (const [row, slope] of along.entries()) {
        const measured = (ahead![row]! - behind![row]!) / (2 * step)
        expect(Math.abs(measured - slope)).toBeLessThan(0.01 * Math.abs(slope) + 5e-3)
      }
    }
  })

  it('differ from the logit in what is explained', () => {
    const [odds, logit] = (['logOdds', 'logit'] as const).map((evidence) =>
      deep.explain({ method: sensitivity, target: K, evidence }),
    )
    expect(deviation(odds!.relevance, logit!.relevance)).toBeGreaterThan(0.01)
    expect(odds!.logits).toEqual(logit!.logits)
    expect(deep.explain({ method: sensitivity, target: K })).toEqual(logit)
  })

  it('enter as Σ z ∂f/∂z where relevance starts from f, and the ledger adds up to it', () => {
    for (const method of [lrpEpsilon, lrpZero]) {
      const explanation = deep.explain({ method, target: K, evidence: 'logOdds', record: true })
      const expected = deep.logits().map((row) => {
        const sum = row.reduce((total, z, j) => (j === K ? total : total + Math.exp(z)), 1)
        return row.reduce((total, z, j) => total + z * (j === K ? 1 : -Math.exp(z) / sum), 0)
      })
      expect(deviation(explanation.entered, expected)).toBeLessThan(1e-5)
      for (const ledger of ledgersOf(explanation, TINY)) {
        const { entered, steps, biases, epsilon, undistributed, rounding } = ledger
        const moved = [...steps, biases, epsilon, undistributed, entered].reduce((s, v) => s + Math.abs(v), 0)
        expect(Math.abs(rounding)).toBeLessThan(1e-5 * moved)
      }
    }
  })

  it.each<[string, Method]>([['LRP-γ', lrpGamma]])(
    'are refused by %s, which starts from relu(f)',
    (_name, method) => {
      expect(() => deep.explain({ method, target: K, evidence: 'logOdds' })).toThrow(
        'shares out the evidence of a single logit; log-odds are a difference of several: explain the logit',
      )
    },
  )
})
