export { importedModel } from './imported-model.js'
export { type Explainable, type LedgerShares, type MethodOutcome, methodOutcomes } from './method-outcomes.js'
export { deviationFromOriginal, type Original, originalOf } from './original-check.js'
