/**
 * Where `f` crosses 0 between `low` and `high`, at which its signs differ, to 1e-12 of its size (Chandrupatla 1997, "A new hybrid
 * quadratic/bisection algorithm for finding the zero of a nonlinear function without using derivatives").
 *
 * @throws RangeError when the signs at both ends are the same.
 */
export function rootBetween(low: number, high: number, f: (x: number) => number): number {
  let [a, b, c] = [high, low, high]
  let [fa, fb] = [f(a), f(b)]
  let fc = fa
  if (!(fa * fb <= 0)) throw new RangeError(`no root lies between ${low} and ${high}`)
  let t = 0.5
  for (let step = 0; step < 200; step++) {
    const x = a + t * (b - a)
    const fx = f(x)
    if (Math.sign(fx) === Math.sign(fa)) [c, fc] = [a, fa]
    else [c, fc, b, fb] = [b, fb, a, fa]
    ;[a, fa] = [x, fx]
    const [best, fBest] = Math.abs(fa) < Math.abs(fb) ? [a, fa] : [b, fb]
    const least = (1e-12 * Math.abs(best) + 1e-300) / Math.abs(b - a)
    if (fBest === 0 || !(least <= 0.5)) return best
    const [xi, phi] = [(a - b) / (c - b), (fa - fb) / (fc - fb)]
    t =
      phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi
        ? (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb))
        : 0.5
    t = Math.min(1 - least, Math.max(least, t))
  }
  return a
}

/** The root of a function that falls or rises throughout, searched outwards from `middle` by steps that double from `step`. */
export function rootAround(middle: number, step: number, f: (x: number) => number): number {
  for (let reach = step; reach < step * 2 ** 60; reach *= 2)
    if (f(middle - reach) * f(middle + reach) <= 0) return rootBetween(middle - reach, middle + reach, f)
  throw new RangeError(`no root lies around ${middle}`)
}
