import { type Layout, partOf } from '../../src/training/layout.js'

/** The gradient with respect to trained parameters from that with respect to effective ones, in double precision, in place: ∂b/∂β = −1 / (1 + e^−β). */
export function chainThroughBias(layout: Layout, trained: Float32Array, gradient: Float32Array): void {
  for (const [index, { kind }] of layout.specs.entries()) {
    if (kind !== 'negativeBias') continue
    const beta = partOf(layout, trained, index)
    const part = partOf(layout, gradient, index)
    for (const [i, db] of part.entries()) part[i] = -db / (1 + Math.exp(-beta[i]!))
  }
}
