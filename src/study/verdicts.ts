import { holm, pairedEquivalence, pairedT } from '../statistics/index.js'
import type { Claim, Group } from './claims.js'
import type { StudyRow } from './study-table.js'

/** What the seeds of a study say of one comparison of a claim. */
export type Outcome = 'supported' | 'contradicted' | 'undecided' | 'equivalent'

/** One comparison of a claim on one dataset: a difference between means of seeds. */
export interface Comparison {
  readonly claim: string
  readonly dataset: string
  readonly method: string | null
  /** What is compared, e.g. `deep < r-lstm`. */
  readonly what: string
  /** The mean difference over seeds that the claim says is above 0, or of what it says is the same. */
  readonly difference: number
  /** Its 95 % interval by Student's t, or the 90 % interval of two one-sided tests. */
  readonly low: number
  readonly high: number
  /** Adjusted by Holm among the comparisons of the claim. */
  readonly p: number
  readonly seeds: number
  /** In how many of them the difference has the sign of the mean one: what single seeds would have said. */
  readonly agreeing: number
  readonly outcome: Outcome
}

/** What a claim comes to: supported where all of its comparisons are, contradicted where one is, and else undecided. */
export interface Verdict {
  readonly claim: Claim
  readonly comparisons: readonly Comparison[]
  /** Null where the study has too few of its cells: fewer than three seeds of each group. */
  readonly outcome: Outcome | null
}

/** A comparison before its p-values are adjusted. */
interface Raw {
  readonly dataset: string
  readonly method: string | null
  readonly what: string
  /** By seed, a value that the claim says is the larger one, and the other. */
  readonly more: readonly number[]
  readonly less: readonly number[]
  readonly margin: number | null
}

/** The fewest seeds of which an interval says anything. */
export const FEWEST = 3

/** Puts claims to the test on the rows of a study, by dataset. Rows of folds are left out. */
export const verdictsOf = (claims: readonly Claim[], rows: readonly StudyRow[]): Verdict[] => {
  const means = new Means(rows)
  return claims.map((claim) => verdictOf(claim, means))
}

function verdictOf(claim: Claim, means: Means): Verdict {
  const raw = means.datasets.flatMap((dataset) => comparisonsOf(claim, dataset, means))
  if (raw.length === 0 || raw.some(({ more }) => more.length < FEWEST))
    return { claim, comparisons: [], outcome: null }
  const tested = raw.map((one) => testOf(claim, one))
  const adjusted = holm(tested.map(({ p }) => p))
  const comparisons = raw.map(({ dataset, method, what, more, less }, i): Comparison => {
    const { estimate, low, high, against } = tested[i]!
    const p = adjusted[i]!
    const holds = p < claim.level
    const outcome: Outcome =
      claim.test === 'two one-sided t'
        ? holds
          ? 'equivalent'
          : against
            ? 'contradicted'
            : 'undecided'
        : !holds
          ? 'undecided'
          : estimate > 0
            ? 'supported'
            : 'contradicted'
    return {
      claim: claim.id,
      dataset,
      method,
      what,
      difference: estimate,
      low,
      high,
      p,
      seeds: more.length,
      agreeing: more.filter((value, seed) => Math.sign(value - less[seed]!) === Math.sign(estimate)).length,
      outcome,
    }
  })
  return { claim, comparisons, outcome: overall(claim, comparisons) }
}

function overall({ test }: Claim, comparisons: readonly Comparison[]): Outcome {
  if (comparisons.some(({ outcome }) => outcome === 'contradicted')) return 'contradicted'
  const wanted: Outcome = test === 'two one-sided t' ? 'equivalent' : 'supported'
  return comparisons.every(({ outcome }) => outcome === wanted) ? wanted : 'undecided'
}

/** A difference with its interval and p-value; `against` where the whole interval lies beyond the margin. */
function testOf({ test, level }: Claim, { more, less, margin }: Raw) {
  if (test === 'two one-sided t') {
    const { estimate, low, high, p } = pairedEquivalence(more, less, { margin: margin!, alpha: level })
    return { estimate, low, high, p, against: low > margin! || high < -margin! }
  }
  const { estimate, low, high, p } = pairedT(more, less)
  return { estimate, low, high, p, against: false }
}

function comparisonsOf(claim: Claim, dataset: string, means: Means): Raw[] {
  const { statement, measure, methods } = claim
  const named = ({ network, variant = 'own' }: Group) =>
    variant === 'own' ? network : `${network} ${variant}`
  const paired = (method: string | null, low: Group, high: Group): Raw => {
    const [less, more] = means.shared(dataset, method, measure, [low, high])
    return { dataset, method, what: `${named(low)} < ${named(high)}`, less: less!, more: more!, margin: null }
  }
  switch (statement.kind) {
    case 'less':
      return methods.flatMap((method) => statement.pairs.map(([low, high]) => paired(method, low, high)))
    case 'at chance':
      return methods.flatMap((method) =>
        statement.groups.map((group): Raw => {
          const [more] = means.shared(dataset, method, measure, [group])
          const less = more!.map(() => means.chance(dataset, measure))
          return {
            dataset,
            method,
            what: `${named(group)} = chance`,
            more: more!,
            less,
            margin: statement.margin,
          }
        }),
      )
    case 'equal accuracy':
      return statement.groups.flatMap((first, i) =>
        statement.groups.slice(i + 1).map((second): Raw => {
          const [less, more] = means.shared(dataset, null, measure, [first, second])
          return {
            dataset,
            method: null,
            what: `${named(first)} = ${named(second)}`,
            less: less!,
            more: more!,
            margin: statement.margin,
          }
        }),
      )
    case 'varies most': {
      const spreads = (method: string) => {
        const own = means.shared(dataset, method, measure, statement.groups)
        return own[0]!.map((_, seed) => spreadOf(own.map((values) => values[seed]!)))
      }
      return methods
        .filter((method) => method !== statement.method)
        .map((method): Raw => {
          const what = `spread by ${method} < spread by ${statement.method}`
          return {
            dataset,
            method,
            what,
            less: spreads(method),
            more: spreads(statement.method),
            margin: null,
          }
        })
    }
    case 'smaller difference': {
      const [first, second] = statement.methods
      const differences = (method: string) => {
        const [low, high] = means.shared(dataset, method, measure, statement.pair)
        return low!.map((value, seed) => high![seed]! - value)
      }
      const what = `difference by ${second} < difference by ${first}`
      return [
        { dataset, method: second, what, less: differences(second), more: differences(first), margin: null },
      ]
    }
  }
}

/** The standard deviation of some means, divided by n − 1. */
function spreadOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}

/** The means of a study's cells, to be looked up. */
class Means {
  readonly datasets: readonly string[]
  readonly #values = new Map<string, Map<number, number>>()
  readonly #chances = new Map<string, number>()

  constructor(rows: readonly StudyRow[]) {
    this.datasets = [...new Set(rows.map(({ dataset }) => dataset))]
    for (const row of rows) {
      if (row.fold !== null) continue
      const { dataset, network, variant, seed, method, measure, mean, chance, test_accuracy } = row
      this.#chances.set(`${dataset} ${measure}`, chance)
      this.#add([dataset, network, variant, method, measure], seed, mean)
      this.#add([dataset, network, variant, null, 'accuracy'], seed, test_accuracy)
    }
  }

  #add(key: readonly (string | null)[], seed: number, value: number | null): void {
    if (value === null) return
    const text = JSON.stringify(key)
    const own = this.#values.get(text) ?? new Map<number, number>()
    this.#values.set(text, own.set(seed, value))
  }

  chance(dataset: string, measure: string): number {
    return this.#chances.get(`${dataset} ${measure}`) ?? Number.NaN
  }

  /** The means of groups by seed, of the seeds that all of them have. */
  shared(dataset: string, method: string | null, measure: string, groups: readonly Group[]): number[][] {
    const own = groups.map(
      ({ network, variant = 'own' }) =>
        this.#values.get(JSON.stringify([dataset, network, variant, method, measure])) ??
        new Map<number, number>(),
    )
    const seeds = [...own[0]!.keys()]
      .filter((seed) => own.every((values) => values.has(seed)))
      .sort((a, b) => a - b)
    return own.map((values) => seeds.map((seed) => values.get(seed)!))
  }
}
