/** Where in time the box lies. */
export type BoxPosition = 'early' | 'middle' | 'late'
export const BOX_POSITIONS: readonly BoxPosition[] = ['early', 'middle', 'late']

/** What determines the sequences of the box test. */
export interface BoxProblem {
  /** Steps of a sequence, ≥ 10. Default: 50. */
  readonly steps: number
  /** Features read at each step, ≥ 10. Default: 50. */
  readonly features: number
  /** Sequences to train on and to validate by, of which a fifth validates, ≥ 10. Default: 1250. */
  readonly training: number
  /** Sequences to test on, ≥ 2. Default: 300. */
  readonly test: number
  /** A whole number. Default: 1. */
  readonly seed: number
}

/** Half the published steps and features, and as many sequences. */
export const BOX_PROBLEM: BoxProblem = { steps: 50, features: 50, training: 1250, test: 300, seed: 1 }

/** Steps and features of a box, from the first to before the last. */
export interface Box {
  readonly steps: readonly [from: number, to: number]
  readonly features: readonly [from: number, to: number]
}

/** Shares of the steps and features that boxes cover: as published for 100 × 100 (Ismail et al. 2019, Section 4 and their code). */
const COVERED: Readonly<Record<BoxPosition, Box>> = {
  early: { steps: [0, 0.3], features: [0.1, 0.9] },
  middle: { steps: [0.2, 0.8], features: [0.2, 0.8] },
  late: { steps: [0.7, 1], features: [0.1, 0.9] },
}

/**
 * The box of a position, rounded to whole steps and features.
 *
 * @throws RangeError naming the option that is out of range, or the position that there is not
 */
export function boxOf(problem: BoxProblem, position: BoxPosition): Box {
  checkBoxProblem(problem)
  if (!BOX_POSITIONS.includes(position))
    throw new RangeError(`there is no box '${position}'; allowed are ${BOX_POSITIONS.join(', ')}`)
  const whole = ([from, to]: readonly [number, number], length: number) =>
    [Math.round(from * length), Math.round(to * length)] as const
  const { steps, features } = COVERED[position]
  return { steps: whole(steps, problem.steps), features: whole(features, problem.features) }
}

/** 1 for the pixels of the box and 0 for all others, `[features, steps]` row by row. */
export function boxMask(problem: BoxProblem, position: BoxPosition): Uint8Array {
  const box = boxOf(problem, position)
  const mask = new Uint8Array(problem.features * problem.steps)
  for (let feature = box.features[0]; feature < box.features[1]; feature++)
    mask.fill(1, feature * problem.steps + box.steps[0], feature * problem.steps + box.steps[1])
  return mask
}

/** Throws a RangeError naming the first option that is out of range. */
export function checkBoxProblem(problem: BoxProblem): void {
  const least = { steps: 10, features: 10, training: 10, test: 2 } as const
  for (const [name, lowest] of Object.entries(least)) {
    const value = problem[name as keyof typeof least]
    if (!Number.isInteger(value) || value < lowest)
      throw new RangeError(`${name} = ${value}; allowed is a whole number of at least ${lowest}`)
  }
}
