/** Adam's state: the first and second moments and the number of steps taken. */
export interface AdamState {
  readonly m: Float32Array
  readonly v: Float32Array
  steps: number
}

const BETA1 = 0.9
const BETA2 = 0.999
const EPSILON = 1e-8

/** Adam's state before the first step. */
export const startAdam = (size: number): AdamState => ({
  m: new Float32Array(size),
  v: new Float32Array(size),
  steps: 0,
})

/** One step of Adam (Kingma and Ba 2015, Algorithm 1) on a flat vector, in place; the same on every backend. */
export function adamStep(
  state: AdamState,
  parameters: Float32Array,
  gradient: Float32Array,
  learningRate: number,
): void {
  const { m, v } = state
  state.steps++
  const correction1 = 1 / (1 - BETA1 ** state.steps)
  const correction2 = 1 / (1 - BETA2 ** state.steps)
  for (let i = 0; i < parameters.length; i++) {
    const g = gradient[i]!
    const first = BETA1 * m[i]! + (1 - BETA1) * g
    const second = BETA2 * v[i]! + (1 - BETA2) * g * g
    m[i] = first
    v[i] = second
    parameters[i] =
      parameters[i]! - (learningRate * first * correction1) / (Math.sqrt(second * correction2) + EPSILON)
  }
}
