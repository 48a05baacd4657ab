export { type Catalogue, catalogue } from './discover.js'
export { type Origin, originOf, referenceOf } from './origin.js'
export { architectureOf, datasetOf, measureOf, methodOf } from './value-of.js'
