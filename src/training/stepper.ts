import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { runCompiled } from '../network/execution.js'
import type { Forward } from '../network/operations.js'
import { ADAM_SCALARS, type AdamVectors, adamScalars, adamStep } from './adam.js'
import type { MaskDraw } from './dropout.js'
import { withGradients } from './gradient.js'
import { type Layout, sizesOf } from './layout.js'
import { negativeBias, negativeBiasGradient } from './negative-bias.js'
import type { TrainingState } from './state.js'
import { type Batch, type BatchResult, batchSources, type GivenBatch, keyOf, resultOf } from './step.js'

interface Given extends GivenBatch {
  readonly vectors: AdamVectors
  readonly scalars: Float32Array
}

/**
 * Takes training steps from a state: dropout, loss, gradient and Adam in one computation.
 *
 * Parameters and moments stay on the backend from step to step; the state has them after `save`.
 */
export class Stepper {
  private vectors: AdamVectors
  private steps: number

  constructor(
    private readonly forward: Forward,
    private readonly layout: Layout,
    private readonly state: Pick<TrainingState, 'trained' | 'adam'>,
  ) {
    const { trained, adam } = state
    // Copies, since a tensor may share its values with the array that it was made of.
    const vector = (values: Float32Array) => tf.tensor1d(values.slice(), 'float32')
    this.vectors = { parameters: vector(trained), m: vector(adam.m), v: vector(adam.v) }
    this.steps = adam.steps
  }

  /** One step on a batch; the result is of the parameters before it. On the native backend the first batch of a shape compiles it. */
  step(batch: Batch, learningRate: number, draw?: MaskDraw): BatchResult {
    const scalars = adamScalars(this.steps + 1, learningRate)
    const given: Given = { batch, draw, vectors: this.vectors, scalars }
    const { forward, layout } = this
    const { values, staying } = runCompiled<Given, null>(
      forward,
      keyOf('training', layout, given),
      given,
      (input) => {
        const vector = (name: keyof AdamVectors) =>
          input([layout.size], ({ vectors }) => vectors[name]) as Tensor1D
        const before = { parameters: vector('parameters'), m: vector('m'), v: vector('v') }
        const trained = partsOfVector(layout, before.parameters)
        const isNegativeBias = layout.specs.map(({ kind }) => kind === 'negativeBias')
        const [loss, logits, ...gradients] = withGradients(forward, layout, {
          parameters: trained.map((part, i) => (isNegativeBias[i] ? negativeBias(part) : part)),
          ...batchSources(input, given),
        })
        const gradient = tf.concat<Tensor1D>(
          gradients.map((effective, i) =>
            tf.reshape(isNegativeBias[i] ? negativeBiasGradient(trained[i]!, effective) : effective, [
              effective.size,
            ]),
          ),
        )
        const scalars = input([ADAM_SCALARS], ({ scalars }) => scalars) as Tensor1D
        const after = adamStep(before, gradient, scalars)
        return { outputs: [loss, logits], staying: [after.parameters, after.m, after.v], about: null }
      },
    )
    this.dispose()
    const [parameters, m, v] = staying as [Tensor1D, Tensor1D, Tensor1D]
    this.vectors = { parameters, m, v }
    this.steps++
    return resultOf(batch, values[0]!, values[1]!)
  }

  /** Writes what the steps so far came to into the state that they started from. */
  save(): void {
    const { trained, adam } = this.state
    trained.set(this.vectors.parameters.dataSync())
    adam.m.set(this.vectors.m.dataSync())
    adam.v.set(this.vectors.v.dataSync())
    adam.steps = this.steps
  }

  /** Releases what is on the backend. */
  dispose(): void {
    tf.dispose([this.vectors.parameters, this.vectors.m, this.vectors.v])
  }
}

/** The parameters that a flat vector consists of. */
function partsOfVector(layout: Layout, vector: Tensor1D): Tensor[] {
  const parts = tf.split<Tensor1D>(vector, sizesOf(layout))
  return layout.specs.map(({ shape }, index) => tf.reshape(parts[index]!, [...shape]))
}
