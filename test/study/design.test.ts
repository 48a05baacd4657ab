import { describe, expect, it } from 'vitest'
import { cellOf, cellsOf } from '../../src/study/cell.js'
import {
  checkDesign,
  choicesOf,
  DEFAULT_DESIGN,
  type Design,
  extended,
  firstSeeds,
} from '../../src/study/design.js'
import { variants } from '../../src/study/variants.js'
import { networkOf } from '../../src/thesis/models/plan.js'

const part = { networks: ['shallow', 'r-lstm'], datasets: ['mnist-maj'], variants: ['own'], seeds: [1, 2] }
const design: Design = { ...DEFAULT_DESIGN, parts: [part] }

describe('the cells of a design', () => {
  it('are all combinations, each once, the first seed of all networks first', async () => {
    const twice = { ...design, parts: [part, { ...part, seeds: [2, 3] }] }
    const choices = choicesOf(twice).map(({ network, seed }) => `${network} ${seed}`)
    expect(choices).toEqual(['shallow 1', 'r-lstm 1', 'shallow 2', 'r-lstm 2', 'shallow 3', 'r-lstm 3'])
    const names = (await cellsOf(twice)).map(({ id }) => id)
    expect(new Set(names).size).toBe(6)
    expect(names[0]).toMatch(/^mnist-maj-shallow-own-s1-[0-9a-f]{12}$/)
  })

  it('of one seed have the same sequences and batches, whatever the network', async () => {
    const choice = { dataset: 'fashion-mnist-maj', variant: 'own', seed: 7 }
    const plans = await Promise.all(
      [
        'shallow',
        'deep',
        'convdeep',
        'r-lstm',
        'conv-r-lstm',
        'deep-v2',
        'r-gru',
        'tanh-lstm',
        'elman-relu',
      ].map(async (network) => (await cellOf({ ...choice, network }))!.plan),
    )
    for (const { problem, training } of plans) {
      expect(problem).toEqual({ ...plans[0]!.problem, seed: 7 })
      expect({ ...training, epochs: 0 }).toEqual({ ...plans[0]!.training, epochs: 0 })
    }
  })

  it.each(variants.map((variant) => [variant.id, variant] as const))(
    'of variant %s are of its networks, and others differ from it in what it says',
    async (id, { isFor, isControl, untrainedGain }) => {
      const choice = { network: 'r-lstm', dataset: 'mnist-maj', seed: 3 }
      const [own, other] = await Promise.all(['own', id].map((variant) => cellOf({ ...choice, variant })))
      if (id !== 'own') expect(other!.id).not.toBe(own!.id)
      expect(other!.checkpoint === null).toBe(untrainedGain !== undefined)
      expect(isControl).toBe(['untrained', 'untrained2', 'shuffled'].includes(id))
      networkOf(other!.plan)
      if (isFor) expect(await cellOf({ ...choice, network: 'shallow', variant: id })).toBeNull()
    },
  )

  it('may be of folds, which part the training images', async () => {
    const cells = await cellsOf({ ...design, parts: [{ ...part, networks: ['deep'], seeds: [1], folds: 3 }] })
    expect(cells.map(({ plan }) => plan.problem.fold)).toEqual([0, 1, 2].map((index) => ({ index, of: 3 })))
    expect(cells.map(({ id }) => id.replace(/-[0-9a-f]{12}$/, ''))).toEqual(
      [1, 2, 3].map((fold) => `mnist-maj-deep-own-s1-f${fold}of3`),
    )
  })
})

describe('a design', () => {
  it('is extended by what is new, once, and not by another number of sequences', () => {
    const more = { ...design, parts: [{ ...part, networks: ['deep'] }], methods: ['lrpZero'] }
    const once = extended(design, more)
    expect(once.parts).toHaveLength(2)
    expect(once.methods).toEqual([...DEFAULT_DESIGN.methods, 'lrpZero'])
    expect(extended(once, more)).toEqual(once)
    expect(() => extended(design, { ...more, limit: 10 })).toThrow(
      'the study explains 1000 sequences of each network',
    )
  })

  it.each<[string, object, string]>([
    ['without parts', { parts: [] }, 'a study needs parts'],
    ['without networks', { parts: [{ ...part, networks: [] }] }, 'networks of a study is []'],
    [
      'of an unknown variant',
      { parts: [{ ...part, variants: ['mine'] }] },
      "variant 'mine' is unknown; there are own",
    ],
    ['of half a seed', { parts: [{ ...part, seeds: [0.5] }] }, 'seeds of a study are [0.5]'],
    ['of one fold', { parts: [{ ...part, folds: 1 }] }, 'folds is 1'],
    ['of no sequence', { limit: 0 }, 'limit is 0'],
  ])('%s is refused', (_what, change, message) => {
    expect(() => checkDesign({ ...design, ...change })).toThrow(message)
  })

  it('has as many seeds as it is asked for', () => {
    expect(firstSeeds(3)).toEqual([1, 2, 3])
  })
})
