import { type MajoritySequences, majoritySequences } from '../../src/data/majority.js'
import { randomStream, uniformInt } from '../../src/data/random.js'
import type { NamedValues } from '../../src/network/parameters.js'
import type { ModelConfiguration } from '../../src/thesis/models/configuration.js'
import { fingerprintOf } from '../../src/thesis/models/fingerprint.js'
import type { Model } from '../../src/thesis/models/model-value.js'
import { networkOf, type Plan } from '../../src/thesis/models/plan.js'
import { recipe } from '../../src/thesis/models/recipes.js'
import { initialise } from '../../src/training/initialise.js'
import { layoutOf, toNamed } from '../../src/training/layout.js'
import { toEffective } from '../../src/training/negative-bias.js'
import { TRAINING_VERSION } from '../../src/training/version.js'

/** Few neurons for every layer that an architecture may have. */
export const FEW = { hidden: 6, recurrent: 6, input: 6, output: 4, cell: 5, conv1: 2, conv2: 3 } as const

/** Majority sequences of `count` random images of 28×28 in ten classes. */
export function tinySequences(count = 60, seed = 1): MajoritySequences {
  const stream = randomStream(seed, 'tiny images')
  const pixels = Uint8Array.from({ length: count * 28 * 28 }, () => uniformInt(stream, 0, 255))
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10)
  const images = { name: 'tiny/images', count, rows: 28, columns: 28, pixels, labels }
  return majoritySequences({ images, seed, split: 'test' })
}

/** The recipe of a shipped network in one phase, with few neurons. */
export function tinyPlan(network = 'shallow'): Plan {
  const { start: _, ...plan } = recipe('mnist-maj', network)
  const units = Object.fromEntries(
    Object.keys(plan.units).map((name) => [name, FEW[name as keyof typeof FEW]]),
  )
  return { ...plan, units }
}

/** An untrained network with few neurons. */
export function tinyModel(network = 'shallow', seed = 1): Model {
  const plan = tinyPlan(network)
  const { architecture, dataset, problem, units, training } = plan
  const configuration: ModelConfiguration = {
    format: 2,
    dataset: dataset.id,
    problem,
    network,
    units,
    training,
    fingerprint: fingerprintOf(plan),
    data: 'none',
    procedure: TRAINING_VERSION,
  }
  const layout = layoutOf(networkOf(plan).specs)
  const trained = initialise(layout, seed)
  const parameters: NamedValues = toNamed(layout, toEffective(layout, trained, new Float32Array(layout.size)))
  const result = { bestEpoch: 0, history: [], ending: 'finished', backend: 'wasm', testAccuracy: 0.1 }
  return { architecture, dataset, configuration, parameters, result }
}
