import { architectures, measures, methods } from '../../catalogue/index.js'
import { fashionMnistMaj } from '../../data/sources/fashion-mnist-maj.js'
import { mnistMaj } from '../../data/sources/mnist-maj.js'
import type { Kind } from '../../values/registry.js'
import type { Values } from './kinds.js'
import { rememberOrigin } from './origin.js'

const shipped: { readonly [K in Kind]: readonly Values[K][] } = {
  architecture: architectures,
  method: methods,
  dataset: [mnistMaj, fashionMnistMaj],
  measure: measures,
}

for (const values of Object.values(shipped))
  for (const value of values) rememberOrigin(value, { shipped: value.id })

/** The values of a kind that are shipped, in their order. */
export const shippedValues = <K extends Kind>(kind: K): readonly Values[K][] => shipped[kind]
