import { addressOf } from '../../training/checkpoint.js'
import { type NetworkPlan, networkOf } from './plan.js'

/** The digest of a network's computation. */
export const fingerprintOf = (plan: NetworkPlan): string =>
  addressOf({ specs: networkOf(plan).specs.map(({ name, shape, kind }) => ({ name, shape, kind })) })
