import { NOUN } from '../values/kinds.js'
import { referenceOf } from '../values/origin.js'
import { architectureOf, datasetOf } from '../values/value-of.js'
import type { Plan } from './plan.js'

/** A plan as another process can be told of it: its values by reference, the rest as plain JSON. */
export interface PlanReference extends Omit<Plan, 'architecture' | 'dataset' | 'start'> {
  readonly architecture: string
  readonly dataset: string
  readonly start?: PlanReference
}

/** Whether another process can load the values of a plan: they are shipped, or files export them. */
export const isPortable = (plan: Plan): boolean =>
  referenceOf(plan.architecture) !== null &&
  referenceOf(plan.dataset) !== null &&
  (plan.start === undefined || isPortable(plan.start))

/**
 * A plan for another process.
 *
 * @throws Error naming the value that was made in this process and that no other can load
 */
export function referenceOfPlan(plan: Plan): PlanReference {
  const { architecture, dataset, start, ...rest } = plan
  return {
    ...rest,
    architecture: needed('architecture', architecture),
    dataset: needed('dataset', dataset),
    ...(start === undefined ? {} : { start: referenceOfPlan(start) }),
  }
}

/** The plan of a reference; throws an Error naming the value that cannot be loaded. */
export async function planOfReference(reference: PlanReference): Promise<Plan> {
  const { architecture, dataset, start, ...rest } = reference
  return {
    ...rest,
    architecture: await architectureOf(architecture),
    dataset: await datasetOf(dataset),
    ...(start === undefined ? {} : { start: await planOfReference(start) }),
  }
}

function needed(kind: 'architecture' | 'dataset', value: { readonly id: string }): string {
  const reference = referenceOf(value)
  if (reference !== null) return reference
  throw new Error(
    `${NOUN[kind]} '${value.id}' was made in this process, so that no other can load it; train it here with trainOnSubset, or export it from a file and name that`,
  )
}
