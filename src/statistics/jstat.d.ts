/** What is used of jStat, which ships no types. */
declare module 'jstat' {
  const jStat: {
    /** The regularised incomplete beta function I_x(a, b). */
    ibeta(x: number, a: number, b: number): number
    gammaln(x: number): number
    readonly normal: {
      cdf(x: number, mean: number, deviation: number): number
      inv(probability: number, mean: number, deviation: number): number
    }
    readonly studentt: {
      inv(probability: number, df: number): number
    }
  }
  export default jStat
}
