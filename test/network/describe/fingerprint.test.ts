import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { describe as about, expect, it } from 'vitest'
import { type Architecture, describe, readout } from '../../../src/architectures/index.js'
import { architectures } from '../../../src/catalogue/index.js'
import type { Geometry, Units } from '../../../src/network/geometry.js'
import type { Forward, Operations } from '../../../src/network/operations.js'
import { layer, type ParameterSpec } from '../../../src/network/parameters.js'
import { frames } from '../../../src/network/sequence.js'
import { elman, furtherNetworks } from '../../architectures/further-networks.js'

const GEOMETRY: Geometry = { rows: 4, stepColumns: 3, steps: 4, classes: 3 }
const [PIXELS, INPUT, HIDDEN] = [12, 5, 6]

/** What of the network below a test changes. */
interface Change {
  readonly parameters?: (specs: readonly ParameterSpec[]) => readonly ParameterSpec[]
  readonly forward?: (forward: Forward) => Forward
  readonly operations?: (ops: Operations) => Operations
  readonly geometry?: Geometry
  readonly title?: string
}

const specs: readonly ParameterSpec[] = [
  ...layer('input', [PIXELS, INPUT]),
  ...layer('hidden', [INPUT + HIDDEN, HIDDEN]),
  ...layer('readout', [HIDDEN, GEOMETRY.classes]),
]

/** An input layer with dropout, an Elman recurrence with dropout, and a readout. */
const plain: Forward = (ops, w, x) => {
  const rows = ops.term(frames(x, GEOMETRY), w['input.kernel'], 'pixels')
  const sum = ops.affine('input', [rows], w['input.bias'])
  const input = ops.tap('input', 'all', ops.keep('input', ops.relu(sum)))
  const [fromInput, fromState] = tf.split(w['hidden.kernel'], [INPUT, HIDDEN])
  const inputs = ops.terms(input, fromInput!, 'nonnegative', GEOMETRY.steps)
  let h = ops.initial('hidden', x.shape[0], HIDDEN, input)
  for (const [step, own] of inputs.entries()) {
    const terms = [own, ops.term(h, fromState!, 'nonnegative')]
    h = ops.tap('hidden', step, ops.keep('hidden', ops.relu(ops.affine('hidden', terms, w['hidden.bias']))))
  }
  return readout(ops, w, h)
}

function fingerprintWith(change: Change = {}): string {
  const { operations = (ops: Operations) => ops, forward = (same: Forward) => same } = change
  const network: Architecture = {
    id: 'changed',
    title: change.title ?? 'Changed',
    units: {},
    parameters: () => change.parameters?.(specs) ?? specs,
    forward: () => (ops, w, x) => forward(plain)(operations(ops), w, x),
  }
  return describe(network, change.geometry ?? GEOMETRY).fingerprint
}

/** The operations with some of them replaced. */
const replaced =
  (replace: (ops: Operations) => Partial<Operations>) =>
  (ops: Operations): Operations => ({ ...ops, ...replace(ops) })

const original = fingerprintWith()

const same: readonly [what: string, change: Change][] = [
  ['its title', { title: 'Another' }],
  [
    'the names of its layers',
    {
      operations: replaced((ops) => ({
        affine: (name, terms, bias) => ops.affine(`my-${name}`, terms, bias),
      })),
    },
  ],
  [
    'the names of its taps, or taps that are left out',
    {
      operations: replaced((ops) => ({
        tap: (name, step, x) => (name === 'input' ? x : ops.tap(`a ${name}`, step, x)),
      })),
    },
  ],
  [
    'the name of a layer in dropout',
    { operations: replaced((ops) => ({ keep: (name, x) => ops.keep(`dropout of ${name}`, x) })) },
  ],
  ['the order of its parameters', { parameters: (all) => [...all].reverse() }],
  [
    'code that is taken out into functions',
    {
      forward: () => (ops, w, x) => {
        const relu = (name: string, terms: Parameters<Operations['affine']>[1]) =>
          ops.keep(name, ops.relu(ops.affine(name, terms, w[`${name}.bias`])))
        const kernel = w['hidden.kernel']
        const parts = tf.split(kernel, [INPUT, HIDDEN])
        const step = (h: Tensor2D, own: ReturnType<Operations['term']>) =>
          relu('hidden', [own, ops.term(h, parts[1]!, 'nonnegative')])
        const input = relu('input', [ops.term(frames(x, GEOMETRY), w['input.kernel'], 'pixels')])
        const start = ops.initial('start', x.shape[0], HIDDEN, input)
        return readout(ops, w, ops.terms(input, parts[0]!, 'nonnegative', GEOMETRY.steps).reduce(step, start))
      },
    },
  ],
  [
    'what is computed for nothing',
    {
      forward: (forward) => (ops, w, x) => {
        const unused = ops.term(frames(x, GEOMETRY), w['input.kernel'], 'pixels')
        ops.tanh(ops.affine('unused', [unused], w['input.bias']))
        return forward(ops, w, x)
      },
    },
  ],
  [
    'a copy and a shape that stays',
    { forward: (forward) => (ops, w, x) => forward(ops, w, tf.reshape(tf.clone(x), x.shape)) },
  ],
]

const another: readonly [what: string, change: Change][] = [
  [
    'another activation',
    {
      operations: replaced((ops) => ({
        relu: ops.tanh,
        affine: signed(ops),
        term: signedTerm(ops),
        terms: signedTerms(ops),
      })),
    },
  ],
  ['a hard sigmoid in place of a sigmoid', { operations: replaced((ops) => ({ relu: ops.hardSigmoid })) }],
  ['a sigmoid in place of a ReLU', { operations: replaced((ops) => ({ relu: ops.sigmoid })) }],
  [
    'another wiring: the state does not reach the next step',
    {
      operations: replaced((ops) => {
        const start: Tensor2D[] = []
        return {
          initial: (name, batch, units, after) => {
            start.push(ops.initial(name, batch, units, after))
            return start[0]!
          },
          term: (x, kernel, domain) => ops.term(start[0] ?? x, kernel, domain),
        }
      }),
    },
  ],
  [
    'another split of a kernel',
    {
      operations: replaced((ops) => ({
        terms: (x, _kernel, domain, steps) => ops.terms(x, kernels.at(-1)!, domain, steps),
      })),
      forward: (forward) => (ops, w, x) => {
        kernels.push(tf.split(w['hidden.kernel'], [HIDDEN, INPUT])[1]!)
        return forward(ops, w, x)
      },
    },
  ],
  [
    'no dropout behind a layer',
    { operations: replaced((ops) => ({ keep: (name, x) => (name === 'input' ? x : ops.keep(name, x)) })) },
  ],
  [
    'one mask of dropout for two layers',
    { operations: replaced((ops) => ({ keep: (_name, x) => ops.keep('both', x) })) },
  ],
  [
    'dropout before an activation',
    {
      operations: replaced((ops) => ({
        keep: (_name, x) => x,
        affine: (name, terms, bias) =>
          name === 'readout' ? ops.affine(name, terms, bias) : ops.keep(name, ops.affine(name, terms, bias)),
      })),
    },
  ],
  ['steps from right to left', { forward: reversed }],
  ['another name of a parameter', { parameters: renamed, forward: withFormerName }],
  [
    'another kind of a parameter',
    {
      parameters: (all) =>
        all.map((spec) => (spec.name === 'input.bias' ? { ...spec, kind: 'freeBias' } : spec)),
    },
  ],
  ['a parameter that nothing reads', { parameters: (all) => [...all, ...layer('more', [2, 2])] }],
  [
    'another number of rows at the same size',
    { geometry: { ...GEOMETRY, rows: 3, stepColumns: 4 }, forward: tall },
  ],
]

const kernels: Tensor[] = []

function signed(ops: Operations): Operations['affine'] {
  return (name, terms, bias) => ops.affine(name, terms, bias)
}
function signedTerm(ops: Operations): Operations['term'] {
  return (x, kernel, domain) => ops.term(x, kernel, domain === 'pixels' ? domain : 'signed')
}
function signedTerms(ops: Operations): Operations['terms'] {
  return (x, kernel, domain, steps) => ops.terms(x, kernel, domain === 'pixels' ? domain : 'signed', steps)
}
function reversed(forward: Forward): Forward {
  return (ops, w, x) => {
    const { rows, stepColumns, steps } = GEOMETRY
    const byStep = tf.reshape(x, [rows, steps, stepColumns])
    return forward(ops, w, tf.reshape(tf.reverse(byStep, 1), [1, rows, steps * stepColumns]))
  }
}
function renamed(all: readonly ParameterSpec[]): readonly ParameterSpec[] {
  return all.map((spec) => (spec.name === 'input.kernel' ? { ...spec, name: 'first.kernel' } : spec))
}
function withFormerName(forward: Forward): Forward {
  return (ops, w, x) => {
    const names = ['input.bias', 'hidden.kernel', 'hidden.bias', 'readout.kernel', 'readout.bias']
    const others = Object.fromEntries(names.map((name) => [name, w[name]!]))
    return forward(ops, { ...others, 'input.kernel': w['first.kernel']! }, x)
  }
}
function tall(forward: Forward): Forward {
  return (ops, w, x) => forward(ops, w, tf.reshape(tf.transpose(x, [0, 2, 1]), [1, 4, 12]))
}

about('the fingerprint of a network', () => {
  it('is 64 hexadecimal digits, and another for each network', () => {
    const all = [...architectures, ...furtherNetworks].map((value) => describe(value, GEOMETRY).fingerprint)
    for (const fingerprint of all) expect(fingerprint).toMatch(/^[0-9a-f]{64}$/)
    expect(new Set(all).size).toBe(all.length)
  })

  it.each(same)('does not change with %s', (_what, change) => {
    expect(fingerprintWith(change)).toBe(original)
  })

  it.each(another)('changes with %s', (_what, change) => {
    const found = fingerprintWith(change)
    expect(found).toMatch(/^[0-9a-f]{64}$/)
    expect(found).not.toBe(original)
  })

  it('differs between all of these changes', () => {
    const all = another.map(([, change]) => fingerprintWith(change))
    expect(new Set(all).size).toBe(another.length)
  })

  it.each([
    ['units', { units: { hidden: 9 } }],
    ['the scan', { geometry: { scan: 'rightToLeft' } }],
    ['the number of steps', { geometry: { steps: 5 } }],
    ['the number of classes', { geometry: { classes: 4 } }],
  ] satisfies [string, { units?: Units; geometry?: Partial<Geometry> }][])(
    'of an Elman network changes with %s',
    (_what, { units, geometry }: { units?: Units; geometry?: Partial<Geometry> }) => {
      const before = describe(elman, GEOMETRY).fingerprint
      const after = describe(elman, { ...GEOMETRY, ...geometry }, { ...elman.units, ...units }).fingerprint
      expect(after).not.toBe(before)
    },
  )

  it('takes the scan from left to right as the one that is not named', () => {
    const named = describe(elman, { ...GEOMETRY, scan: 'leftToRight' }).fingerprint
    expect(named).toBe(describe(elman, GEOMETRY).fingerprint)
  })
})
