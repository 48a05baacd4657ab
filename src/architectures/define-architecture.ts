import { checkGeometry, checkSizes, type Geometry, type Units } from '../network/geometry.js'
import { type ParameterSpec, parameterKinds } from '../network/parameters.js'
import { checkNames, register } from '../values/registry.js'
import type { Architecture } from './architecture.js'
import { describe } from './describe.js'

/** A small problem on which a definition is tried. */
const TRIAL: Geometry = { rows: 12, stepColumns: 6, steps: 3, classes: 4 }

/**
 * An architecture of one's own, ready for training, all methods, evaluation, figures, tables, the inspector and commands.
 *
 * It is tried at once on shapes alone, so that layers that do not fit, an unknown parameter or an operation outside the algebra is
 * refused here and not in the middle of a training. Sizes that it is given later are checked.
 *
 * @throws Error naming the architecture, and the layer or operation that is wrong
 * @example
 * const elman = defineArchitecture({
 *   id: 'elman',
 *   title: 'Elman',
 *   units: { hidden: 64 },
 *   parameters: ({ rows, stepColumns, classes }, { hidden }) => [
 *     ...layer('hidden', [rows * stepColumns + hidden!, hidden!]),
 *     ...layer('readout', [hidden!, classes]),
 *   ],
 *   forward: (geometry, { hidden }) => (ops, w, x) => {
 *     const pixels = frames(x, geometry)
 *     const [fromPixels, fromState] = tf.split(w['hidden.kernel'], [pixels.shape[1], hidden!])
 *     const inputs = ops.terms(pixels, fromPixels, 'pixels', geometry.steps)
 *     let h = ops.initial('hidden', x.shape[0], hidden!, pixels)
 *     for (const [step, input] of inputs.entries()) {
 *       const sum = ops.affine('hidden', [input, ops.term(h, fromState, 'nonnegative')], w['hidden.bias'])
 *       h = ops.tap('hidden', step, ops.keep('hidden', ops.relu(sum)))
 *     }
 *     return readout(ops, w, h)
 *   },
 * })
 */
export function defineArchitecture(given: Architecture): Architecture {
  checkNames('architecture', given)
  const wrong = (what: string) => new Error(`architecture '${given.id}' ${what}`)
  if (typeof given.units !== 'object' || given.units === null)
    throw wrong('has no units; give the number of neurons of each layer, or {}')
  for (const part of ['parameters', 'forward'] as const)
    if (typeof given[part] !== 'function') throw wrong(`has no function ${part}`)
  const names = Object.keys(given.units)
  const check = (geometry: Geometry, units: Units) => {
    checkGeometry(geometry)
    checkSizes(`${given.id}.units`, names, units)
  }
  const architecture: Architecture = {
    ...given,
    parameters(geometry, units) {
      check(geometry, units)
      const specs = given.parameters(geometry, units)
      // A RangeError, which whoever describes the architecture hands on as it is: it names the architecture already.
      checkSpecs(specs, (what) => new RangeError(wrong(what).message))
      return specs
    },
    forward(geometry, units) {
      check(geometry, units)
      return given.forward(geometry, units)
    },
  }
  checkSizes(`${given.id}.units`, names, given.units)
  tried(architecture)
  register('architecture', given)
  return architecture
}

function tried(architecture: Architecture): void {
  const geometry = architecture.geometry ?? TRIAL
  try {
    describe(architecture, geometry)
  } catch (error) {
    const { rows, stepColumns, steps, classes } = geometry
    throw new Error(
      `${error instanceof Error ? error.message : String(error)} (tried on ${steps} steps of ${rows}×${stepColumns} pixels and ${classes} classes; an architecture for one geometry only says so by geometry)`,
      { cause: error },
    )
  }
}

function checkSpecs(specs: readonly ParameterSpec[], wrong: (what: string) => Error): void {
  if (typeof specs?.[Symbol.iterator] !== 'function') throw wrong('has parameters that are no list')
  const seen = new Set<string>()
  for (const { name, shape, kind } of specs) {
    if (seen.has(name)) throw wrong(`has two parameters '${name}'`)
    seen.add(name)
    if (!shape.every((length) => Number.isInteger(length) && length >= 1))
      throw wrong(
        `has a parameter '${name}' of shape [${shape}]; lengths must be whole numbers of at least 1`,
      )
    if (!parameterKinds.includes(kind))
      throw wrong(`has a parameter '${name}' of kind '${kind}'; allowed are ${parameterKinds.join(', ')}`)
  }
}
