import { checkProblem, type Problem, type ProblemImages } from '../../data/majority-problem.js'

export { THESIS_PROBLEM } from '../../catalogue/problem.js'
export type { Problem } from '../../data/majority-problem.js'
export { geometryOf } from '../../data/sequence-geometry.js'

/**
 * The thesis's problem on a dataset, with changes. Without them all of its classes take part, and a step is a quarter of an
 * image or the nearest width below that divides it.
 *
 * @throws RangeError naming the number that is out of range, and the range
 * @example
 * const problem = problemOf(model.dataset, { items: 5, majority: 3 })
 */
export const problemOf = (dataset: ProblemImages, changes: Partial<Problem> = {}): Problem =>
  checkProblem(changes, dataset)
