import { describe, expect, it } from 'vitest'
import { defineArchitecture } from '../../../../src/architectures/define-architecture.js'
import { rLstm } from '../../../../src/architectures/r-lstm.js'
import {
  deepTaylor,
  deepTaylorGatesHalf,
  deepTaylorGatesProportional,
  epsilonRule,
  gradientTimesInput,
  guidedBackprop,
  integratedGradients,
  lrpAlpha2Beta1,
  lrpEpsilon,
  lrpEpsilonOf,
  lrpGamma,
  type Method,
  occlusionByStep,
  propagation,
  sensitivity,
} from '../../../../src/explanation/index.js'
import { correlation as pearson } from '../../../../src/statistics/index.js'
import { countingLstm } from '../../../../src/thesis/controls/counting/counting-lstm.js'
import { countingSequences } from '../../../../src/thesis/controls/counting/counting-sequences.js'
import {
  exactAddition,
  exactRLstm,
  exactSubtraction,
} from '../../../../src/thesis/controls/counting/exact-networks.js'
import { rightLogits, rightRelevance } from '../../../../src/thesis/controls/counting/right-answer.js'
import { scoreCounting } from '../../../../src/thesis/controls/counting/score-counting.js'
import { explained } from './explained.js'

const STEPS = 9
const networks = [exactRLstm, exactAddition, exactSubtraction]
const drawn = new Map(
  networks.map(({ id, task }) => [
    id,
    countingSequences(task, { count: 60, steps: STEPS, seed: 1, purpose: 'test' }),
  ]),
)
const sequencesOf = ({ id }: { id: string }) => drawn.get(id)!
const scoresOf = async (network: (typeof networks)[number], method: Method) => {
  const { relevance, f } = await explained(network, sequencesOf(network), method)
  return scoreCounting(sequencesOf(network), relevance, f)
}
const lrpAll = lrpEpsilonOf(1e-9, 'lrpAll')
const expectNear = (given: ArrayLike<number>, wanted: ArrayLike<number>, digits = 5) => {
  expect(given.length).toBe(wanted.length)
  for (let i = 0; i < wanted.length; i++) expect(given[i], `input ${i}`).toBeCloseTo(wanted[i]!, digits)
}

/** The target's amounts step by step, of each sequence of the R-LSTM. */
const amounts = () => {
  const { pixels, target, count } = sequencesOf(exactRLstm)
  return Array.from({ length: count }, (_, i) => {
    const first = (2 * i + target[i]!) * STEPS
    return Array.from(pixels.slice(first, first + STEPS))
  })
}

/** Relevance that a function gives to the target's amounts, 0 on the other channel. */
function onTarget(relevance: (n: readonly number[]) => readonly number[]): Float32Array {
  const { target, pixels } = sequencesOf(exactRLstm)
  const all = new Float32Array(pixels.length)
  for (const [i, n] of amounts().entries()) all.set(relevance(n), (2 * i + target[i]!) * STEPS)
  return all
}

describe('a network that is set by hand', () => {
  it.each(networks)('adds exactly: $id', async (network) => {
    const sequences = sequencesOf(network)
    const { f } = await explained(network, sequences, gradientTimesInput)
    const classes = sequences.geometry.classes
    expectNear(
      f,
      Float32Array.from(sequences.target, (k, i) => rightLogits(sequences)[i * classes + k]!),
      6,
    )
  })

  it.each([
    [exactRLstm, [gradientTimesInput, integratedGradients, deepTaylor, lrpGamma, lrpAll]],
    [exactAddition, [gradientTimesInput, lrpAll]],
    [exactSubtraction, [gradientTimesInput, lrpAll]],
  ] as const)('is explained rightly, pixel by pixel: $id', async (network, methods) => {
    const sequences = sequencesOf(network)
    for (const method of methods) {
      const { relevance } = await explained(network, sequences, method)
      expectNear(relevance, rightRelevance(sequences))
      const { correlation, perSequence, pixels, share } = await scoresOf(network, method)
      for (const score of [correlation, perSequence, pixels]) expect(score).toBeGreaterThanOrEqual(1 - 1e-6)
      expect(share).toBeCloseTo(1, 5)
    }
  })

  it('is explained rightly by occlusion of steps, which shares a step out evenly among its channels', async () => {
    const { relevance } = await explained(exactRLstm, sequencesOf(exactRLstm), occlusionByStep)
    const { geometry, target, count } = sequencesOf(exactRLstm)
    const halves = new Float32Array(relevance.length)
    for (const [i, n] of amounts().entries())
      for (const [step, amount] of n.entries())
        for (const c of [0, 1]) halves[(2 * i + c) * geometry.steps + step] = amount / 2
    expect(target).toHaveLength(count)
    expectNear(relevance, halves)
    const { correlation, perSequence, pixels } = await scoresOf(exactRLstm, occlusionByStep)
    expect(correlation).toBeGreaterThanOrEqual(1 - 1e-6)
    expect(perSequence).toBeGreaterThanOrEqual(1 - 1e-6)
    expect(pixels).toBeLessThan(0.75)
  })
})

describe('the squared gradient of what adds', () => {
  it('is 1 where a ReLU passes an amount on, whatever the amount, so that it finds numbers and not their sizes', async () => {
    for (const method of [sensitivity, guidedBackprop]) {
      const { relevance } = await explained(exactRLstm, sequencesOf(exactRLstm), method)
      expectNear(
        relevance,
        onTarget((n) => n.map((amount) => (amount > 0 ? 1 : 0))),
      )
      const { correlation, numbers } = await scoresOf(exactRLstm, method)
      const flat = amounts().flat()
      expect(correlation).toBeCloseTo(
        pearson(
          flat.map((amount) => (amount > 0 ? 1 : 0)),
          flat,
        ),
        6,
      )
      expect(correlation).toBeLessThan(0.95)
      expect(numbers).toBe(0)
    }
  })

  it('is the same everywhere without a ReLU, and tells nothing', async () => {
    for (const network of [exactAddition, exactSubtraction]) {
      const { relevance } = await explained(network, sequencesOf(network), sensitivity)
      expectNear(relevance, new Float32Array(relevance.length).fill(1))
      expect((await scoresOf(network, sensitivity)).correlation).toBe(0)
    }
  })
})

describe('rules for gates that take a part', () => {
  it('halve at every gate on the way: n / 2^(2 + steps still to come), later numbers counting more', async () => {
    const { relevance } = await explained(exactRLstm, sequencesOf(exactRLstm), deepTaylorGatesHalf)
    const halved = (n: readonly number[]) => n.map((amount, step) => amount / 2 ** (2 + STEPS - 1 - step))
    expectNear(relevance, onTarget(halved), 6)
    const flat = amounts()
    expect((await scoresOf(exactRLstm, deepTaylorGatesHalf)).correlation).toBeCloseTo(
      pearson(flat.flatMap(halved), flat.flat()),
      5,
    )
  })

  it('leave s / (1 + s) of relevance to a signal s behind each open gate', async () => {
    const { relevance } = await explained(exactRLstm, sequencesOf(exactRLstm), deepTaylorGatesProportional)
    const kept = (s: number) => s / (1 + s)
    const proportional = (n: readonly number[]) =>
      n.map((amount, step) => {
        const cells = n.map((_, t) => n.slice(0, t + 1).reduce((sum, part) => sum + part, 0))
        const forgotten = cells.slice(step, STEPS - 1).reduce((product, c) => product * kept(c), 1)
        return amount * kept(amount) * forgotten * kept(cells[STEPS - 1]!)
      })
    expectNear(relevance, onTarget(proportional), 6)
  })

  it('do the same to signals of either sign: LRP-half', async () => {
    const half = propagation({
      id: 'lrpHalf',
      title: 'LRP-half',
      rule: { ...epsilonRule(1e-9), gates: 'half' },
      start: 'logit',
    })
    const sequences = sequencesOf(exactSubtraction)
    const { relevance } = await explained(exactSubtraction, sequences, half)
    const wanted = rightRelevance(sequences).map((part, i) => part / 2 ** (2 + STEPS - 1 - (i % STEPS)))
    expectNear(relevance, wanted)
  })
})

describe('what else a rule does to a sum', () => {
  it('LRP-α2β1 doubles at the readout and at the candidates, where nothing speaks against: four times the right answer', async () => {
    const { relevance } = await explained(exactRLstm, sequencesOf(exactRLstm), lrpAlpha2Beta1)
    expectNear(
      relevance,
      onTarget((n) => n.map((amount) => 4 * amount)),
    )
    const { correlation, share } = await scoresOf(exactRLstm, lrpAlpha2Beta1)
    expect(correlation).toBeGreaterThanOrEqual(1 - 1e-6)
    expect(share).toBeCloseTo(4, 5)
  })

  it('ε takes ε / (z + ε) at every layer of activations ≥ 0', async () => {
    const { relevance } = await explained(exactRLstm, sequencesOf(exactRLstm), lrpEpsilon)
    const left = (z: number) => z / (z + 0.01)
    expectNear(
      relevance,
      onTarget((n) => {
        const f = n.reduce((sum, amount) => sum + amount, 0)
        return n.map((amount) => amount * left(f) * left(amount) ** 2)
      }),
    )
  })

  it('ε takes its part of a signed cell at every step, so that a sum near 0 is lost with the length of the sequence', async () => {
    const sequences = sequencesOf(exactAddition)
    const { relevance } = await explained(exactAddition, sequences, lrpEpsilon)
    const left = (z: number) => z / (z + (z < 0 ? -0.01 : 0.01))
    const wanted = rightRelevance(sequences)
    for (let i = 0; i < sequences.count; i++) {
      const n = Array.from(wanted.slice(2 * i * STEPS, (2 * i + 1) * STEPS), (a, t) => {
        return a + wanted[(2 * i + 1) * STEPS + t]!
      })
      const cells = n.map((_, t) => n.slice(0, t + 1).reduce((sum, part) => sum + part, 0))
      for (const [t, amount] of n.entries()) {
        // Sums from the number's own step on, its candidate, and the readout.
        const sums = cells.slice(t).reduce((product, c) => product * left(c), 1)
        const given = relevance[2 * i * STEPS + t]! + relevance[(2 * i + 1) * STEPS + t]!
        if (amount !== 0) expect(given).toBeCloseTo(amount * left(amount) * sums * left(cells[STEPS - 1]!), 4)
      }
    }
  })
})

describe('a reference that is not the empty sequence', () => {
  it('shifts integrated gradients and occlusion by w · low: −1 is a number that was never shown', async () => {
    const sequences = sequencesOf(exactSubtraction)
    const right = rightRelevance(sequences)
    const { relevance } = await explained(exactSubtraction, sequences, integratedGradients)
    const weight = (i: number) => (Math.floor(i / STEPS) % 2 === 0 ? 1 : -1)
    expectNear(
      relevance,
      right.map((part, i) => part + weight(i)),
    )
    const summed = await explained(exactAddition, sequencesOf(exactAddition), occlusionByStep)
    expectNear(
      summed.relevance,
      rightRelevance(sequencesOf(exactAddition)).map((part, i, all) => {
        const other = i + (Math.floor(i / STEPS) % 2 === 0 ? STEPS : -STEPS)
        return (part + all[other]! + 2) / 2
      }),
    )
    // What subtraction shifts up in one channel it shifts down in the other, so that steps are right all the same.
    expect((await scoresOf(exactSubtraction, integratedGradients)).correlation).toBeGreaterThan(1 - 1e-6)
    expect((await scoresOf(exactSubtraction, integratedGradients)).pixels).toBeLessThan(0.5)
  })

  it('breaks z^B where pixels share a neuron: (x − low) / Σ(x − low) of what the neuron has', async () => {
    const shared = sumOfChannels()
    const sequences = sequencesOf(exactRLstm)
    const single = {
      ...sequences,
      task: shared.task,
      geometry: { ...sequences.geometry, classes: 1 },
      target: new Int32Array(60),
    }
    const zero = await explained(shared, single, deepTaylor)
    expectNear(zero.relevance, single.pixels)
    const below = await explained(shared, single, deepTaylor, { range: { low: -1, high: 1 } })
    expectNear(
      below.relevance,
      single.pixels.map((x, i, all) => {
        const other = all[i + (Math.floor(i / STEPS) % 2 === 0 ? STEPS : -STEPS)]!
        return ((x + other) * (x + 1)) / (x + other + 2)
      }),
    )
  })
})

describe('methods that refuse signals of either sign', () => {
  it('say which layer', async () => {
    for (const method of [deepTaylor, deepTaylorGatesHalf, lrpAlpha2Beta1, lrpGamma])
      await expect(explained(exactAddition, sequencesOf(exactAddition), method)).rejects.toThrow(
        `${method.title} is not defined for layer 'lstm.gates', whose inputs may be negative`,
      )
  })
})

it('the LSTM for counting is an architecture like any other', () => {
  const { title } = defineArchitecture({ ...countingLstm('tanh'), id: 'counting-lstm-of-a-test' })
  expect(title).toBe('LSTM, tanh')
})

/** The exact R-LSTM with one input neuron and one cell that add both channels. */
function sumOfChannels(): typeof exactRLstm {
  const units = { input: 1, cell: 1 }
  const task = { ...exactRLstm.task, weights: [[1, 1]] }
  const geometry = { rows: 2, stepColumns: 1, steps: STEPS, classes: 1 }
  const specs = rLstm.parameters(geometry, units)
  const values: Record<string, number[]> = {
    'input.kernel': [1, 1],
    'candidate.kernel': [1, 0],
    'readout.kernel': [1],
  }
  return {
    id: 'sum-of-channels',
    title: 'Sum of channels',
    task,
    specs,
    forward: () => rLstm.forward(geometry, units),
    parameters: async () =>
      Object.fromEntries(
        specs.map(({ name, shape }) => {
          const size = shape.reduce((product, length) => product * length, 1)
          const fill = name.endsWith('Gate.bias') ? 30 : 0
          return [name, { shape, values: Float32Array.from(values[name] ?? new Array(size).fill(fill)) }]
        }),
      ),
  }
}
