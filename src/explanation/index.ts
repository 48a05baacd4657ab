export { type ExplainOptions, type Explanation, explain, type Target } from './explain.js'
export { type Ledger, ledgersOf, stepSums } from './ledger.js'
export type { Method } from './method.js'
export {
  deepTaylor,
  gradientTimesInput,
  guidedBackprop,
  lrpAlphaBeta,
  method,
  methods,
  posterMethods,
  sensitivity,
} from './methods.js'
export type { Recording, TapRecord } from './recorder.js'
