import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  completeness,
  infidelityBeyondEvenness,
  infidelityOf,
  itemRanking,
  type Measure,
  pointingGame,
  pointingGameOf,
  relevanceMass,
  relevanceMassOf,
  relevanceRank,
  relevanceRankOf,
  sparsity,
} from '../../../src/evaluation/index.js'
import { pixelOrder } from '../../../src/evaluation/pixel-order.js'
import { relevantPixels } from '../../../src/evaluation/pixels.js'
import { relativeChange } from '../../../src/evaluation/relative-change.js'
import { deletionCurve } from '../../../src/evaluation/removal.js'
import { subsetSums } from '../../../src/evaluation/subsets.js'
import { areaUnderRoc, correlation } from '../../../src/statistics/index.js'
import { probeOf, scoreOf, sequenceOf } from './given.js'

/** See `test/golden/measures/README.md`. */
interface About {
  readonly rows: number
  readonly items: number
  readonly low: number
  readonly network: Readonly<Record<'W' | 'V', number[][]> & Record<'b' | 'c', number[]>>
  readonly x: number[][]
  readonly target: number[]
  readonly relevance: number[][]
  readonly f: number[]
}

type OfMaps = (number | null)[]

interface Quantus extends About {
  readonly maps: { readonly names: string[]; readonly relevant: number[][]; readonly values: number[][] }
  readonly relevanceMassAccuracy: OfMaps
  readonly relevanceMassAccuracyAbsolute: OfMaps
  readonly relevanceRankAccuracy: OfMaps
  readonly relevanceRankAccuracyAbsolute: OfMaps
  readonly pointingGame: OfMaps
  readonly pointingGameAbsolute: OfMaps
  readonly auc: OfMaps
  readonly sparseness: OfMaps
  readonly sparsenessSigned: OfMaps
  readonly pixelFlipping: { readonly featuresInStep: number; readonly values: number[][] }
  readonly faithfulnessCorrelation: {
    readonly subsets: number[][][]
    readonly values: number[]
    readonly ofConstant: (number | null)[]
  }
  readonly maxSensitivity: { readonly perturbed: number[][][]; readonly values: number[] }
  readonly completeness: Readonly<Record<string, boolean[]>>
}

interface Captum extends About {
  readonly removed: number[][][]
  readonly infidelity: number[]
  readonly infidelityNormalized: number[]
  readonly infidelityNormalizedOfZeros: number[]
  readonly infidelityNormalizedOfOnes: number[]
  readonly perturbed: number[][][]
  readonly sensitivityMax: number[]
  readonly sensitivityMaxOfTensor: number[]
  readonly sensitivityMaxFromZeros: number[]
}

const read = (name: string) => JSON.parse(readFileSync(`test/golden/measures/${name}.json`, 'utf8'))
const quantus: Quantus = read('quantus')
const captum: Captum = read('captum')
const { rows, low, x, target, relevance } = quantus
const each = x.map((_, row) => row)

/** f of a sequence, in double precision. */
function f({ W, b, V, c }: About['network'], pixels: ArrayLike<number>, k: number): number {
  const hidden = b.map((bias, j) =>
    Math.max(
      0,
      W.reduce((sum, weights, i) => sum + weights[j]! * pixels[i]!, bias),
    ),
  )
  return hidden.reduce((sum, value, j) => sum + value * V[j]![k]!, c[k]!)
}

/** A probe of the files' network, each sequence with its own target. */
function probe() {
  let row = 0
  return probeOf((pixels) => f(quantus.network, pixels, target[row++ % target.length]!), x)
}

const map = (name: string) => {
  const i = quantus.maps.names.indexOf(name)
  return { relevance: quantus.maps.values[i]!, relevant: quantus.maps.relevant[i]!, i }
}
const score = (measure: Measure, name: string) =>
  scoreOf(measure, map(name).relevance, map(name).relevant, rows)

it('the network of the files is the same in both programs', () => {
  for (const row of each) expect(probe().f[row]).toBeCloseTo(quantus.f[row]!, 12)
})

describe('Quantus agrees to 1e-6', () => {
  it.each<[keyof Quantus, Measure, readonly string[]]>([
    ['relevanceMassAccuracy', relevanceMass, ['positive', 'ties', 'one pixel', 'all relevant']],
    [
      'relevanceMassAccuracy',
      relevanceMassOf('signed'),
      ['positive', 'signed', 'ties', 'negative', 'one pixel', 'all relevant'],
    ],
    [
      'relevanceMassAccuracyAbsolute',
      relevanceMassOf('absolute'),
      ['positive', 'signed', 'ties', 'negative', 'one pixel', 'all relevant'],
    ],
    ['relevanceRankAccuracy', relevanceRank, ['positive', 'signed', 'negative', 'all relevant']],
    [
      'relevanceRankAccuracyAbsolute',
      relevanceRankOf('absolute'),
      ['positive', 'signed', 'negative', 'all relevant'],
    ],
    ['pointingGame', pointingGame, ['positive', 'signed', 'negative', 'one pixel', 'all relevant']],
    [
      'pointingGameAbsolute',
      pointingGameOf('absolute'),
      ['positive', 'signed', 'negative', 'one pixel', 'all relevant'],
    ],
    ['sparseness', sparsity, ['positive', 'signed', 'ties', 'zeros', 'negative']],
  ])('with %s by $id of maps without its corner cases', (key, measure, names) => {
    for (const name of names)
      expect(Math.abs(score(measure, name) - (quantus[key] as number[])[map(name).i]!)).toBeLessThan(1e-6)
  })

  it('with the area under the ROC curve over pixels, ties and zeros too', () => {
    for (const name of ['positive', 'signed', 'ties', 'zeros', 'negative', 'one pixel']) {
      const { relevance, relevant, i } = map(name)
      const mask = relevantPixels(sequenceOf(relevance, relevant, rows))
      expect(areaUnderRoc(relevance, mask)).toBeCloseTo(quantus.auc[i]!, 9)
    }
  })

  it('with f along pixel flipping', () => {
    const { featuresInStep, values } = quantus.pixelFlipping
    const orders = each.map((row) => pixelOrder(sequenceOf(relevance[row]!, [1, 0, 1], rows), row))
    const fractions = values[0]!.map((_, i) => ((i + 1) * featuresInStep) / x[0]!.length)
    const curve = deletionCurve(probe(), orders, fractions)
    for (const [step, state] of curve.entries())
      for (const row of each) expect(state[row]).toBeCloseTo(values[row]![step]!, 6)
  })

  it('with the correlation of the relevance removed and the fall of f', () => {
    const { subsets, values } = quantus.faithfulnessCorrelation
    const all = probe()
    const removed = subsets.map((draw) =>
      draw.map((places) => Uint8Array.from(x[0]!, (_, place) => (places.includes(place) ? 1 : 0))),
    )
    const falls = removed.map((flags) => {
      const changed = x.flatMap((pixels, row) =>
        pixels.map((value, i) => (flags[row]![i] === 1 ? low : value)),
      )
      return all.evidence(Float32Array.from(changed)).map((after, row) => all.f[row]! - after)
    })
    const patches = Uint32Array.from(x[0]!, (_, place) => place)
    for (const row of each) {
      const own = subsetSums({ removed, falls }, Float32Array.from(relevance[row]!), patches, row)
      expect(correlation(own.sums, own.falls)).toBeCloseTo(values[row]!, 6)
    }
  })

  it('with max-sensitivity, where the relevance of noise is not the longer one', () => {
    const { perturbed, values } = quantus.maxSensitivity
    const length = (map: readonly number[]) => Math.hypot(...map)
    const agree = each.map((row) => {
      const [before, after] = [relevance[row]!, perturbed.map((draw) => draw[row]!)]
      const changes = after.map((map) => relativeChange(Float32Array.from(before), Float32Array.from(map)))
      const longest = Math.max(length(before), ...after.map(length))
      // Dividing by the longer of the two lowers a change by no more than the ratio of the lengths.
      expect(Math.max(...changes)).toBeLessThanOrEqual(values[row]! + 1e-6)
      expect(Math.max(...changes)).toBeGreaterThanOrEqual((values[row]! * length(before)) / longest - 1e-6)
      const most = after[changes.indexOf(Math.max(...changes))]!
      return length(most) > length(before) || Math.abs(Math.max(...changes) - values[row]!) < 1e-6
    })
    expect(agree).toEqual([true, true, true, true])
  })
})

describe('Quantus is wrong, and this is right:', () => {
  it('a map of zeros has no mass, NaN there; here chance', () => {
    expect(quantus.relevanceMassAccuracy[map('zeros').i]).toBeNull()
    expect(score(relevanceMass, 'zeros')).toBeCloseTo(2 / 3, 12)
  })

  it('a map that only speaks against has the mass of its mirror image there; here its positive part names nothing', () => {
    expect(quantus.relevanceMassAccuracy[map('negative').i]).toBe(
      quantus.relevanceMassAccuracy[map('positive').i],
    )
    expect(score(relevanceMass, 'negative')).toBeCloseTo(2 / 3, 12)
  })

  it('equal pixels count by where they stand there; here in proportion, a map of zeros scoring chance', () => {
    expect(quantus.relevanceRankAccuracy[map('zeros').i]).toBe(0.625)
    expect(score(relevanceRank, 'zeros')).toBeCloseTo(2 / 3, 12)
    // One pixel in the mask, and 15 places for 23 equal pixels, 15 of which lie in it.
    expect(quantus.relevanceRankAccuracy[map('one pixel').i]).toBe(0.625)
    expect(score(relevanceRank, 'one pixel')).toBeCloseTo((1 + (15 * 15) / 23) / 16, 12)
  })

  it('a map of zeros wins the pointing game there, with every pixel highest; here it scores chance', () => {
    expect(quantus.pointingGame[map('zeros').i]).toBe(1)
    expect(score(pointingGame, 'zeros')).toBeCloseTo(2 / 3, 12)
  })

  it('where no item is relevant the pointing game is won there; here it is lost, as none can be found', () => {
    expect(quantus.pointingGame[map('no relevant item').i]).toBe(1)
    expect(score(pointingGame, 'no relevant item')).toBe(0)
  })

  it('masks that hold nothing or all are NaN there; here the score is chance', () => {
    for (const name of ['no relevant item', 'all relevant']) {
      expect(quantus.auc[map(name).i]).toBeNull()
      expect(score(itemRanking, name)).toBe(0.5)
    }
    expect(quantus.relevanceMassAccuracy[map('no relevant item').i]).toBeNull()
    expect(quantus.relevanceRankAccuracy[map('no relevant item').i]).toBeNull()
    expect([score(relevanceMass, 'no relevant item'), score(relevanceRank, 'no relevant item')]).toEqual([
      0, 0,
    ])
  })

  it('the Gini index adds 1e-7 to every pixel there, and leaves [0, 1] for signed relevance', () => {
    const { i } = map('one pixel')
    expect(quantus.sparseness[i]).toBeCloseTo(1 - 1 / 24 - 2.3e-6, 7)
    expect(score(sparsity, 'one pixel')).toBeCloseTo(1 - 1 / 24, 12)
    expect(quantus.sparsenessSigned[map('signed').i]).toBeLessThan(-1)
    expect(score(sparsity, 'signed')).toBeCloseTo(quantus.sparseness[map('signed').i]!, 6)
  })

  it('one sequence of constant relevance makes the correlation NaN there; here it is 0, as it ranks nothing', () => {
    expect(quantus.faithfulnessCorrelation.ofConstant[0]).toBeNull()
    expect(
      correlation(
        new Float64Array(20).fill(7 * 0.1),
        quantus.faithfulnessCorrelation.subsets.map((_, i) => i),
      ) || 0,
    ).toBe(0)
  })

  it('completeness asks for equal doubles there, so that what is complete up to rounding fails; here it is the error of single precision', () => {
    expect(quantus.completeness['exact up to rounding']).toContain(false)
    const all = probe()
    const blank = all.evidence(new Float32Array(all.x.length).fill(low))
    const sequences = each.map((row) => {
      const missing = all.f[row]! - blank[row]! - relevance[row]!.reduce((sum, r) => sum + r, 0)
      return sequenceOf(
        relevance[row]!.map((r) => r + missing / x[0]!.length),
        [1, 0, 1],
        rows,
      )
    })
    for (const error of Array.from(completeness.scores({ sequences, probe: all })))
      expect(error).toBeLessThan(1e-5)
  })
})

describe('captum agrees to 1e-6', () => {
  /** The relevance removed by each draw and the falls of f. */
  const drawn = (row: number, of: readonly number[]) => {
    const falls = captum.removed.map((draw) => {
      const changed = x[row]!.map((value, i) => (draw[row]![i] === 1 ? low : value))
      return captum.f[row]! - f(captum.network, changed, target[row]!)
    })
    const sums = captum.removed.map((draw) => draw[row]!.reduce((sum, flag, i) => sum + flag * of[i]!, 0))
    return { falls: Float64Array.from(falls), sums: Float64Array.from(sums) }
  }
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0)

  it('with infidelity', () => {
    for (const row of each) {
      const { sums, falls } = drawn(row, relevance[row]!)
      expect(infidelityOf(sums, falls)).toBeCloseTo(captum.infidelity[row]!, 6)
    }
  })

  it('with infidelity normalised, which is infidelity of the optimally scaled relevance', () => {
    for (const row of each) {
      const { sums, falls } = drawn(row, relevance[row]!)
      const scale = dot(sums, falls) / dot(sums, sums)
      const scaled = sums.map((sum) => scale * sum)
      expect(infidelityOf(scaled, falls)).toBeCloseTo(captum.infidelityNormalized[row]!, 6)
    }
  })

  it('with max-sensitivity up to the length that divides, as Quantus does', () => {
    for (const [row, value] of captum.sensitivityMax.entries())
      expect(value).toBeCloseTo(quantus.maxSensitivity.values[row]!, 6)
  })

  describe('and where it does not, this is right:', () => {
    it('relevance that is everywhere the same lowers infidelity there, for it knows how much is removed; here it scores as none', () => {
      for (const row of each) {
        const even = drawn(
          row,
          x[row]!.map(() => 1),
        )
        const nothing = new Float64Array(even.sums.length)
        expect(captum.infidelityNormalizedOfOnes[row]).toBeLessThan(captum.infidelityNormalizedOfZeros[row]!)
        expect(infidelityBeyondEvenness(even.sums, even.falls, even.sums)).toBe(1)
        expect(infidelityBeyondEvenness(nothing, even.falls, even.sums)).toBe(1)
      }
    })

    it('relevance that points the wrong way is turned round there, by a negative scale; here it scores worse than none', () => {
      for (const row of each) {
        const even = drawn(
          row,
          x[row]!.map(() => 1),
        ).sums
        const { sums, falls } = drawn(row, relevance[row]!)
        const [one, other] = [sums, sums.map((sum) => -sum)].map((a) =>
          infidelityBeyondEvenness(a, falls, even),
        )
        expect(Math.max(one!, other!)).toBeGreaterThan(1)
        expect(Math.min(one!, other!)).toBeLessThan(1)
      }
    })

    it('explanations that are a tensor and no tuple are divided by a length that is not theirs there', () => {
      for (const [row, value] of captum.sensitivityMaxOfTensor.entries())
        expect(Math.abs(value / captum.sensitivityMax[row]! - 1)).toBeGreaterThan(0.1)
    })

    it('a change from a map of zeros has no scale there, the length of the new map; here it is whole: 1', () => {
      for (const value of captum.sensitivityMaxFromZeros) expect(value).toBeCloseTo(100 * Math.sqrt(24), 6)
      expect(relativeChange(new Float32Array(24), new Float32Array(24).fill(100))).toBe(1)
    })
  })
})
