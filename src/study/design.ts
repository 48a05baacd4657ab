import type { Fold } from '../data/majority-problem.js'
import { variantOf } from './variants.js'

/** One group of cells: every combination of networks, datasets, variants and seeds, and of folds where there are any. */
export interface DesignPart {
  /** References, as `architectureOf` takes them. */
  readonly networks: readonly string[]
  /** References, as `datasetOf` takes them. */
  readonly datasets: readonly string[]
  /** Ids of variants; one that is not for a network gives no cell of it. */
  readonly variants: readonly string[]
  /** Seeds, whole numbers. */
  readonly seeds: readonly number[]
  /** In how many folds the training images are parted, each validating once. Default: none, a fifth validates. */
  readonly folds?: number
}

/** A study: which networks are trained how often, and by what they are explained and judged. */
export interface Design {
  readonly parts: readonly DesignPart[]
  /** References, as `methodOf` takes them. */
  readonly methods: readonly string[]
  /** References, as `measureOf` takes them; those that ask the network cost many times the others. */
  readonly measures: readonly string[]
  /** How many test sequences are explained of each network. */
  readonly limit: number
  /** Of which methods and measures the score of every sequence is kept, for those who resample. */
  readonly kept: { readonly methods: readonly string[]; readonly measures: readonly string[] }
}

/** What one trained network of a study is: its values by reference. */
export interface CellChoice {
  readonly network: string
  readonly dataset: string
  readonly variant: string
  readonly seed: number
  readonly fold?: Fold
}

/** Everything that a study explains networks by, where its design does not say. */
export const DEFAULT_DESIGN: Omit<Design, 'parts'> = {
  methods: [
    'sensitivity',
    'guidedBackprop',
    'guidedBackpropWithoutGates',
    'deepTaylor',
    'deepTaylorShifted',
    'deepTaylorGatesHalf',
    'gradientTimesInput',
    'integratedGradients',
    'lrpEpsilon',
    'occlusionByItem',
    'uniformRelevance',
  ],
  measures: [
    'cosine',
    'cosineBeyondChance',
    'itemRanking',
    'irrelevantLeast',
    'relevanceMass',
    'relevanceRank',
    'pointingGame',
    'sparsity',
  ],
  limit: 1000,
  kept: {
    methods: ['sensitivity', 'guidedBackprop', 'deepTaylor', 'gradientTimesInput'],
    measures: ['cosine', 'cosineBeyondChance', 'itemRanking'],
  },
}

/** The seeds 1 … count. */
export const firstSeeds = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1)

/** The choices of a design, each once: seed by seed, so that a study that is not finished has all networks of its first seeds. */
export function choicesOf({ parts }: Pick<Design, 'parts'>): CellChoice[] {
  const all = new Map<string, CellChoice>()
  for (const { networks, datasets, variants, seeds, folds } of parts)
    for (const seed of seeds)
      for (const variant of variants)
        for (const dataset of datasets)
          for (const network of networks)
            for (const fold of foldsOf(folds)) {
              const choice = { network, dataset, variant, seed, ...(fold === null ? {} : { fold }) }
              all.set(JSON.stringify(choice), choice)
            }
  return [...all.values()].sort((a, b) => a.seed - b.seed)
}

const foldsOf = (count: number | undefined): (Fold | null)[] =>
  count === undefined ? [null] : Array.from({ length: count }, (_, index) => ({ index, of: count }))

/**
 * A design with the parts of another added, whose cells are not repeated.
 *
 * @throws RangeError where both are of other sequences, whose numbers could not stand in one table
 */
export function extended(design: Design, more: Design): Design {
  if (design.limit !== more.limit)
    throw new RangeError(
      `the study explains ${design.limit} sequences of each network; ${more.limit} could not stand beside them`,
    )
  const known = new Set(choicesOf(design).map((choice) => JSON.stringify(choice)))
  const isNew = (part: DesignPart) =>
    choicesOf({ parts: [part] }).some((choice) => !known.has(JSON.stringify(choice)))
  const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])]
  return {
    parts: [...design.parts, ...more.parts.filter(isNew)],
    methods: union(design.methods, more.methods),
    measures: union(design.measures, more.measures),
    limit: design.limit,
    kept: {
      methods: union(design.kept.methods, more.kept.methods),
      measures: union(design.kept.measures, more.kept.measures),
    },
  }
}

/**
 * Checks a design that was read from a file or made from options.
 *
 * @throws RangeError naming what is missing or out of range, and what is allowed
 */
export function checkDesign(given: unknown): Design {
  const design = given as Design
  const texts = (name: string, value: unknown): void => {
    if (!(Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string')))
      throw new RangeError(
        `${name} of a study is ${JSON.stringify(value)}; it must be a list of names, not empty`,
      )
  }
  if (!Array.isArray(design?.parts) || design.parts.length === 0)
    throw new RangeError('a study needs parts: networks × datasets × variants × seeds')
  for (const part of design.parts) {
    if (typeof part !== 'object' || part === null)
      throw new RangeError(
        `a part of a study is ${JSON.stringify(part)}; it must be an object with networks, datasets, variants and seeds`,
      )
    texts('networks', part.networks)
    texts('datasets', part.datasets)
    texts('variants', part.variants)
    for (const variant of part.variants) variantOf(variant)
    const { seeds, folds } = part
    if (
      !(
        Array.isArray(seeds) &&
        seeds.length > 0 &&
        seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0)
      )
    )
      throw new RangeError(
        `seeds of a study are ${JSON.stringify(seeds)}; they must be whole numbers of at least 0`,
      )
    if (folds !== undefined && !(Number.isInteger(folds) && folds >= 2 && folds <= 100))
      throw new RangeError(`folds is ${folds}; it must be a whole number from 2 to 100`)
  }
  texts('methods', design.methods)
  texts('measures', design.measures)
  for (const name of ['methods', 'measures'] as const) {
    const kept = design.kept?.[name]
    if (!(Array.isArray(kept) && kept.every((one) => typeof one === 'string')))
      throw new RangeError(`kept.${name} of a study is ${JSON.stringify(kept)}; it must be a list of names`)
  }
  if (!(Number.isInteger(design.limit) && design.limit >= 1))
    throw new RangeError(`limit is ${design.limit}; it must be a whole number of at least 1`)
  return design
}
