import { methods } from '../../src/catalogue/index.js'
import {
  integratedGradientsOf,
  type Method,
  smoothGradOf,
  smoothGradSquaredOf,
} from '../../src/explanation/index.js'

const few: Readonly<Record<string, Method>> = {
  smoothGrad: smoothGradOf({ id: 'smoothGrad', samples: 2 }),
  smoothGradSquared: smoothGradSquaredOf({ id: 'smoothGradSquared', samples: 2 }),
  integratedGradients: integratedGradientsOf(4, 'integratedGradients'),
}

/** The shipped methods, with two walks, or four, where these take sixteen: for what does not depend on how many there are. */
export const methodsOfFewWalks: readonly Method[] = methods.map((method) => few[method.id] ?? method)
