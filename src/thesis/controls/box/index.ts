export { absoluteGradient } from './absolute-gradient.js'
export { boxDataset } from './box-dataset.js'
export { BOX_TRAINING, BOX_UNITS, boxPlan } from './box-plan.js'
export {
  BOX_POSITIONS,
  BOX_PROBLEM,
  type Box,
  type BoxPosition,
  type BoxProblem,
  boxMask,
  boxOf,
} from './box-problem.js'
export { type BoxRow, type BoxTestOptions, boxTest } from './box-test.js'
export { type PublishedBoxNumber, publishedBoxNumbers } from './published-box-numbers.js'
