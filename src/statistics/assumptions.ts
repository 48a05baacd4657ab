import { requireProbability } from './distributions.js'
import { type LeveneTest, leveneTest } from './levene.js'
import type { NamedGroups } from './named-groups.js'
import { type ShapiroWilk, shapiroWilk } from './shapiro-wilk.js'
import { requireFinite } from './summary.js'

/** What tests of means assume, tested. */
export interface Assumptions {
  /** By group, Shapiro and Wilk's test; undefined where it has fewer than 3 or more than 5000 values, or they are all the same. */
  readonly normality: Readonly<Record<string, ShapiroWilk | undefined>>
  /** Brown and Forsythe's test of equal variances; undefined for a single group, and where none can be computed. */
  readonly variances: LeveneTest | undefined
  /** What was found, one sentence each, to be printed beside the tests. */
  readonly lines: readonly string[]
}

/**
 * Whether groups are normal and of one variance, as sentences to print beside a test that assumes it; for pairs, the group is that of
 * the differences, and for an `anova` that of its residuals.
 *
 * @param options.alpha below which a p value speaks against an assumption. Default: 0.05.
 * @throws RangeError for no group, an empty one, a value that is not finite, or α outside (0, 1).
 */
export function assumptionsOf(
  groups: NamedGroups,
  { alpha = 0.05 }: { readonly alpha?: number } = {},
): Assumptions {
  requireProbability('alpha', alpha)
  const names = Object.keys(groups)
  if (names.length === 0) throw new RangeError('there are no groups: at least one is needed')
  const verdict = (p: number) => (p < alpha ? 'is rejected' : 'is not rejected')
  const lines: string[] = []
  const normality: Record<string, ShapiroWilk | undefined> = {}
  for (const name of names) {
    requireFinite(name, groups[name]!)
    const tested = testedOr(() => shapiroWilk(groups[name]!))
    normality[name] = typeof tested === 'string' ? undefined : tested
    lines.push(
      typeof tested === 'string'
        ? `${name}: normality is not tested: ${tested}`
        : `${name}: normality ${verdict(tested.p)} (Shapiro–Wilk W = ${rounded(tested.w)}, p = ${rounded(tested.p)}, n = ${groups[name]!.length})`,
    )
  }
  if (names.length === 1) return { normality, variances: undefined, lines }
  const tested = testedOr(() => leveneTest(groups))
  if (typeof tested === 'string')
    return { normality, variances: undefined, lines: [...lines, `equal variances are not tested: ${tested}`] }
  lines.push(
    `equality of variances ${verdict(tested.p)} (Brown–Forsythe F(${tested.df}, ${tested.dfResidual}) = ${rounded(tested.f)}, p = ${rounded(tested.p)})`,
  )
  return { normality, variances: tested, lines }
}

/** What a test finds, or the reason that it gives for not testing. */
function testedOr<T>(test: () => T): T | string {
  try {
    return test()
  } catch (error) {
    if (error instanceof RangeError) return error.message
    throw error
  }
}

const rounded = (value: number): string => String(Number(value.toPrecision(3)))
