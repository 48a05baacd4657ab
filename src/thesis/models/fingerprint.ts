import { describe } from '../../architectures/index.js'
import type { NetworkPlan } from './plan.js'
import { geometryOf } from './problem.js'

/** The digest of a network's computation: what its code says, not how it is written. */
export const fingerprintOf = ({ architecture, dataset, problem, units }: NetworkPlan): string =>
  describe(architecture, geometryOf(problem, dataset), units).fingerprint
