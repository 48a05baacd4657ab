/// <reference path="./jstat.d.ts" />
import jStat from 'jstat'

/** The lower tail of the standard normal distribution, P(Z ≤ z). */
export const normalCdf = (z: number): number => jStat.normal.cdf(z, 0, 1)

/**
 * The quantile of the standard normal distribution, good to 1e-8 for probabilities from 1e-9 to 1 − 1e-9.
 *
 * @throws RangeError unless 1e-9 ≤ probability ≤ 1 − 1e-9; jStat loses its digits beyond.
 */
export function normalQuantile(probability: number): number {
  if (!(probability >= 1e-9 && probability <= 1 - 1e-9))
    throw new RangeError(`probability is ${probability}: it must lie between 1e-9 and 1 − 1e-9`)
  return jStat.normal.inv(probability, 0, 1)
}

/**
 * Both tails of Student's t, P(|T| ≥ |t|); the incomplete beta function of the tail itself, since jStat's own distribution function
 * loses small tails to 1 − p.
 */
export function tTails(t: number, df: number): number {
  requireDf('df', df)
  return jStat.ibeta(df / (df + t * t), df / 2, 0.5)
}

/** The lower tail of Student's t, P(T ≤ t). */
export const tCdf = (t: number, df: number): number => (t < 0 ? tTails(t, df) / 2 : 1 - tTails(t, df) / 2)

/** The quantile of Student's t at `probability`, above 0 and below 1; the normal one from 10⁷ degrees of freedom, where jStat's loses digits. */
export function tQuantile(probability: number, df: number): number {
  requireDf('df', df)
  requireProbability('probability', probability)
  return df >= 1e7 ? normalQuantile(probability) : jStat.studentt.inv(probability, df)
}

/** The upper tail of the F distribution, P(F ≥ f), for f ≥ 0. */
export function fTail(f: number, df: number, dfResidual: number): number {
  requireDf('df', df)
  requireDf('dfResidual', dfResidual)
  return jStat.ibeta(dfResidual / (dfResidual + df * f), dfResidual / 2, df / 2)
}

/** The natural logarithm of Γ(x), x > 0. */
export const lnGamma = (x: number): number => jStat.gammaln(x)

/** Throws a RangeError naming `name` unless it lies between 0 and 1, which are not allowed. */
export function requireProbability(name: string, probability: number): number {
  if (!(probability > 0 && probability < 1))
    throw new RangeError(`${name} is ${probability}: it must lie between 0 and 1`)
  return probability
}

/** Throws a RangeError unless the degrees of freedom are finite and above 0. */
export function requireDf(name: string, df: number): void {
  if (!(df > 0 && Number.isFinite(df)))
    throw new RangeError(`${name} is ${df}: degrees of freedom are finite and above 0`)
}
