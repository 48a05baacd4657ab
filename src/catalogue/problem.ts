import { checkProblem, type Problem } from '../data/majority-problem.js'
import { MNIST_MAJ } from '../data/shipped-datasets.js'

/** The thesis's problem: three images of ten classes, two of one class, read seven columns at a time from the left. */
export const THESIS_PROBLEM: Problem = checkProblem({}, MNIST_MAJ)
