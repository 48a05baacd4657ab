import { fTail } from './distributions.js'
import { centreOf, type Effect, effectsOf, type Factors, layoutOf, sumOfSquares } from './factorial-layout.js'
import type { Numbers } from './summary.js'

/** What an analysis of variance explains values by. */
export interface AnovaDesign {
  /** One to three factors, in the order of the table. */
  readonly factors: Factors
  /** What each value was measured on, such as its seed: it has an effect of its own and takes no part in interactions. */
  readonly block?: readonly (string | number)[]
}

/** A line of the table: a factor, an interaction or the block. */
export interface AnovaTerm {
  /** Its factors, joined as in `network × method`. */
  readonly term: string
  readonly sumOfSquares: number
  readonly df: number
  readonly meanSquare: number
  /** The mean square by that of the residual; infinite where the latter is 0. */
  readonly f: number
  readonly p: number
  /**
   * Partial ω² = df (F − 1) / (df (F − 1) + N) with N values (Keren and Lewis 1979; Olejnik and Algina 2003), below 0 where F is below 1.
   */
  readonly partialOmegaSquared: number
}

/** A table of an analysis of variance. */
export interface Anova {
  /** Factors, then interactions of two, then of three. */
  readonly terms: readonly AnovaTerm[]
  readonly block?: AnovaTerm
  readonly residual: { readonly sumOfSquares: number; readonly df: number; readonly meanSquare: number }
  /** What is left of each value, for tests of what the analysis assumes. */
  readonly residuals: Float64Array
}

/**
 * The analysis of variance of a balanced layout with one to three factors, all their interactions and, where given, a block without
 * interactions; every F is over the residual, for fixed factors and normal residuals of equal variance.
 *
 * @throws RangeError for no factor or more than three, a layout that is not balanced, whose cell it names, no residual degrees of freedom,
 * or a value that is not finite.
 */
export function anova(values: Numbers, { factors, block }: AnovaDesign): Anova {
  const names = Object.keys(factors)
  if (names.length < 1 || names.length > 3)
    throw new RangeError(`there are ${names.length} factors: one to three are needed`)
  if (block !== undefined && names.includes('block'))
    throw new RangeError(`a factor is called block, as the block is: another name is needed`)
  const layout = layoutOf(values, block === undefined ? factors : { ...factors, block })
  const sets = subsetsOf(names.length)
  // Read from the layout, which keeps the order: names that are whole numbers come first in an object.
  const blockAt = layout.names.indexOf('block')
  const order = layout.names.flatMap((_, f) => (block !== undefined && f === blockAt ? [] : [f]))
  const effects = effectsOf(values, layout, [
    ...sets.map((set) => set.map((f) => order[f]!)),
    ...(block === undefined ? [] : [[blockAt]]),
  ])
  const df = values.length - 1 - effects.reduce((sum, effect) => sum + effect.df, 0)
  if (df === 0)
    throw new RangeError(
      'no degrees of freedom are left: several values for each cell, or a block, are needed',
    )
  const centre = centreOf(values)
  const residuals = Float64Array.from(values, (value, i) =>
    effects.reduce((rest, { parts }) => rest - parts[i]!, value - centre),
  )
  const left = sumOfSquares(residuals, values)
  const residual = { sumOfSquares: left, df, meanSquare: left / df }
  const termOf = (effect: Effect): AnovaTerm => {
    const meanSquare = effect.sumOfSquares / effect.df
    const excess = effect.sumOfSquares - effect.df * residual.meanSquare
    const f = meanSquare / residual.meanSquare
    return {
      term: effect.factors.map((factor) => layout.names[factor]).join(' × '),
      sumOfSquares: effect.sumOfSquares,
      df: effect.df,
      meanSquare,
      f,
      p: Number.isNaN(f) ? f : fTail(f, effect.df, df),
      partialOmegaSquared: excess / (excess + values.length * residual.meanSquare),
    }
  }
  const terms = effects.slice(0, sets.length).map(termOf)
  return {
    terms,
    ...(block === undefined ? {} : { block: termOf(effects.at(-1)!) }),
    residual,
    residuals,
  }
}

/** All sets of some of `count` numbers, smaller ones first. */
function subsetsOf(count: number): number[][] {
  const all = Array.from({ length: 2 ** count - 1 }, (_, bits) =>
    Array.from({ length: count }, (_, f) => f).filter((f) => ((bits + 1) >> f) & 1),
  )
  return all.toSorted((a, b) => a.length - b.length)
}
