import type { Tensor2D } from '@tensorflow/tfjs-core'
import type { Operations } from '../../network/operations.js'
import type { Signal } from '../signal.js'
import type { Surroundings } from './layer-kind.js'

/** The signal with a tap where its rows are neurons of all steps in order, or of the sequence as a whole. */
export function tapped(
  ops: Operations,
  name: string,
  signal: Signal,
  { geometry: { steps } }: Surroundings,
): Signal {
  const { x, shape, byStep, reversed } = signal
  if (shape.length === 1) return { ...signal, x: ops.tap(name, steps - 1, x as Tensor2D) }
  const isAllSteps = byStep && shape.length === 2 && shape[0] === steps && !reversed
  return isAllSteps ? { ...signal, x: ops.tap(name, 'all', x as Tensor2D) } : signal
}
