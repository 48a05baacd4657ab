import type { Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { describe as about, expect, it } from 'vitest'
import { type Architecture, defineArchitecture, describe, readout } from '../../src/architectures/index.js'
import { architectures } from '../../src/catalogue/index.js'
import type { Geometry } from '../../src/network/geometry.js'
import type { Forward } from '../../src/network/operations.js'
import { layer } from '../../src/network/parameters.js'
import { frames } from '../../src/network/sequence.js'
import { entryOf } from '../../src/values/registry.js'
import { elman, furtherNetworks } from './further-networks.js'

// The geometry on which a definition is tried: 3 steps of 12×6 pixels and 4 classes.
const [PIXELS, HIDDEN, CLASSES, STEPS] = [72, 5, 4, 3]

/** A network with parameters for a layer and a readout, whose computation a test gives. */
const networkOf = (forward: Forward): Architecture => ({
  id: 'wrong',
  title: 'Wrong',
  units: {},
  parameters: () => [...layer('hidden', [PIXELS, HIDDEN]), ...layer('readout', [HIDDEN, CLASSES])],
  forward: () => forward,
})

const defining = (forward: Forward) => () => defineArchitecture(networkOf(forward))

const pixelsOf = (x: tf.Tensor3D): Tensor2D =>
  frames(x, { rows: 12, stepColumns: 6, steps: STEPS, classes: CLASSES })

/** The hidden layer over the frames of all steps, before its activation. */
const hiddenSum: (...of: Parameters<Forward>) => Tensor2D = (ops, w, x) =>
  ops.affine('hidden', [ops.term(pixelsOf(x), w['hidden.kernel']!, 'pixels')], w['hidden.bias']!)

/** The rows of the last step. */
const last = (x: Tensor2D): Tensor2D => tf.split<Tensor2D>(x, STEPS)[STEPS - 1]!

about('an architecture that is defined', () => {
  it('is what was given, and known by its names', () => {
    const defined = defineArchitecture({ ...elman, id: 'defined', title: 'Defined', short: 'Def.' })
    expect(defined).toMatchObject({ id: 'defined', title: 'Defined', units: elman.units })
    expect(entryOf('architecture', 'defined')).toMatchObject({ title: 'Defined', short: 'Def.' })
  })

  it.each(furtherNetworks.map((network) => [network.title, network] as const))(
    'may be %s',
    (_title, network) => {
      const geometry: Geometry = { rows: 5, stepColumns: 3, steps: 4, classes: 2 }
      const defined = defineArchitecture({ ...network, id: `my-${network.id}` })
      expect(describe(defined, geometry).fingerprint).toBe(describe(network, geometry).fingerprint)
    },
  )

  it('may be for one geometry alone, and is tried on that', () => {
    const geometry: Geometry = { rows: 3, stepColumns: 2, steps: 2, classes: 2 }
    const forOne: Architecture = {
      ...elman,
      id: 'for-one',
      parameters: (given, units) => {
        if (given.rows !== 3) throw new Error('it reads three rows')
        return elman.parameters(given, units)
      },
    }
    expect(() => defineArchitecture(forOne)).toThrow(
      "architecture 'for-one': it reads three rows (tried on 3 steps of 12×6 pixels and 4 classes; an architecture for one geometry only says so by geometry)",
    )
    expect(defineArchitecture({ ...forOne, geometry }).geometry).toEqual(geometry)
  })

  it('may be defined before any backend is chosen', () => {
    expect(tf.engine().backendName).toBeUndefined()
    expect(architectures).toHaveLength(5)
  })
})

about('names, units and parts', () => {
  const refused = (change: object) => () => defineArchitecture({ ...elman, id: 'refused', ...change })

  it.each([
    [
      { id: 'two words' },
      'the architecture\'s id is "two words"; it must be letters, digits and hyphens, a letter first',
    ],
    [{ id: '' }, 'the architecture\'s id is ""'],
    [{ title: ' ' }, "architecture 'refused' has no title; give it one for figures and text"],
    [
      { units: undefined },
      "architecture 'refused' has no units; give the number of neurons of each layer, or {}",
    ],
    [{ units: null }, "architecture 'refused' has no units"],
    [{ units: { hidden: 0 } }, 'refused.units.hidden is 0; it must be a whole number of at least 1'],
    [{ units: { hidden: 2.5 } }, 'refused.units.hidden is 2.5'],
    [{ units: { hidden: '8' } }, 'refused.units.hidden is 8'],
    [{ parameters: undefined }, "architecture 'refused' has no function parameters"],
    [{ forward: 'forward' }, "architecture 'refused' has no function forward"],
  ])('%j are refused by name', (change, message) => {
    expect(refused(change)).toThrow(message)
    expect(entryOf('architecture', 'refused')).toBeUndefined()
  })

  it('of sizes given later are checked too', () => {
    const defined = defineArchitecture({ ...elman, id: 'checked-later' })
    const geometry: Geometry = { rows: 5, stepColumns: 3, steps: 4, classes: 2 }
    for (const make of [defined.parameters, defined.forward]) {
      expect(() => make(geometry, { hidden: 4, output: 2 })).toThrow(
        'checked-later.units.output is unknown; there are hidden',
      )
      expect(() => make(geometry, {})).toThrow('checked-later.units.hidden is undefined')
      expect(() => make({ ...geometry, steps: 0 }, { hidden: 4 })).toThrow('geometry.steps is 0')
    }
  })
})

about('parameters', () => {
  const withParameters = (parameters: unknown) => () =>
    defineArchitecture({
      ...networkOf((ops, w, x) => readout(ops, w, last(ops.relu(hiddenSum(ops, w, x))))),
      parameters: () => parameters,
    } as Architecture)

  it.each([
    ['no list', 3, "architecture 'wrong' has parameters that are no list"],
    [
      'two of one name',
      [...layer('hidden', [PIXELS, HIDDEN]), ...layer('hidden', [2, 2])],
      "architecture 'wrong' has two parameters 'hidden.kernel'",
    ],
    [
      'a length of zero',
      layer('hidden', [PIXELS, 0]),
      "architecture 'wrong' has a parameter 'hidden.kernel' of shape [72,0]; lengths must be whole numbers of at least 1",
    ],
    [
      'a kind that there is not',
      [{ name: 'hidden.bias', shape: [HIDDEN], kind: 'bias' }],
      "architecture 'wrong' has a parameter 'hidden.bias' of kind 'bias'; allowed are kernel, negativeBias, freeBias",
    ],
    [
      'one that the computation asks for and that there is not',
      layer('hidden', [PIXELS, HIDDEN]),
      "architecture 'wrong': it asks for a parameter 'readout.kernel' that it does not have; there are hidden.kernel, hidden.bias",
    ],
  ])('%s are refused by name', (_what, parameters, message) => {
    expect(withParameters(parameters)).toThrow(message)
  })
})

about('a computation', () => {
  it.each<[operation: string, forward: Forward]>([
    ['Multiply', (ops, w, x) => readout(ops, w, last(tf.mul(ops.relu(hiddenSum(ops, w, x)), 2)))],
    ['Add', (ops, w, x) => readout(ops, w, last(tf.add(ops.relu(hiddenSum(ops, w, x)), 1)))],
    ['Relu', (ops, w, x) => readout(ops, w, last(tf.relu(hiddenSum(ops, w, x))))],
    ['BatchMatMul', (_ops, w, x) => tf.matMul(pixelsOf(x), w['hidden.kernel'] as Tensor2D)],
    ['Slice', (ops, w, x) => readout(ops, w, tf.slice(ops.relu(hiddenSum(ops, w, x)), [2, 0], [1, HIDDEN]))],
  ])('beside the algebra is refused, naming the operation of TensorFlow.js: %s', (operation, forward) => {
    expect(defining(forward)).toThrow(
      `architecture 'wrong': it computes with TensorFlow.js's ${operation}; a network may use the operations that it is given, and move data by reshape, transpose, split, concat and reverse`,
    )
  })

  it('that reads values is refused', () => {
    expect(
      defining((ops, w, x) => {
        const hidden = ops.relu(hiddenSum(ops, w, x))
        return hidden.dataSync()[0]! > 0 ? readout(ops, w, last(hidden)) : readout(ops, w, last(hidden))
      }),
    ).toThrow(
      "architecture 'wrong': it reads the values of a tensor, which a description on shapes alone does not have",
    )
  })

  it('that uses a tensor from elsewhere is refused', () => {
    const elsewhere: { h: Tensor2D | null } = { h: null }
    const keeping: Forward = (ops, w, x) => {
      const hidden = last(ops.relu(hiddenSum(ops, w, x)))
      elsewhere.h ??= hidden
      return readout(ops, w, elsewhere.h)
    }
    expect(defining(keeping)).not.toThrow()
    expect(defining(keeping)).toThrow(
      "architecture 'wrong': it uses a tensor that was made outside it; parameters are the only ones that it may keep",
    )
  })

  it('that changes the order of an array of tf.split in place is refused, and one that changes a copy is not', () => {
    const inReverse =
      (reversed: (parts: Tensor2D[]) => Tensor2D[]): Forward =>
      (ops, w, x) =>
        readout(ops, w, reversed(tf.split(ops.relu(hiddenSum(ops, w, x)), STEPS))[0]!)
    expect(defining(inReverse((parts) => parts.reverse()))).toThrow(
      "architecture 'wrong': it changes the order of the array that tf.split returned, which its gradient needs still; change a copy, such as [...parts].reverse()",
    )
    expect(defining(inReverse((parts) => [...parts].reverse()))).not.toThrow()
  })
})

about('shapes that do not fit', () => {
  it.each<[string, Forward, string]>([
    [
      'a kernel of another length',
      (ops, w, x) =>
        ops.affine('hidden', [ops.term(pixelsOf(x), w['readout.kernel']!, 'pixels')], w['readout.bias']!),
      'a term multiplies [3,72] by a kernel [5,4]; they do not fit',
    ],
    [
      'a bias of another length',
      (ops, w, x) =>
        ops.affine('hidden', [ops.term(pixelsOf(x), w['hidden.kernel']!, 'pixels')], w['readout.bias']!),
      "layer 'hidden' has 5 neurons and a bias [4]",
    ],
    [
      'a layer without input',
      (ops, w) => ops.affine('hidden', [], w['hidden.bias']!),
      "layer 'hidden' has no input",
    ],
    [
      'inputs of several lengths',
      (ops, w, x) => {
        const hidden = ops.relu(hiddenSum(ops, w, x))
        const terms = [
          ops.term(hidden, w['readout.kernel']!, 'nonnegative'),
          ops.term(last(hidden), w['readout.kernel']!, 'nonnegative'),
        ]
        return ops.affine('readout', terms, w['readout.bias']!)
      },
      "layer 'readout' adds up [1, 4] and [3, 4]; its inputs do not fit",
    ],
    [
      'rows that are no whole number of steps',
      (ops, w, x) =>
        ops.affine('hidden', ops.terms(pixelsOf(x), w['hidden.kernel']!, 'pixels', 2), w['hidden.bias']!),
      '3 rows cannot be taken apart into 2 steps',
    ],
    [
      'a reshape to another number of values',
      (ops, w, x) => {
        tf.reshape(x, [1, 100])
        return readout(ops, w, last(ops.relu(hiddenSum(ops, w, x))))
      },
      'Size(216) must match the product of shape 1,100',
    ],
    [
      'a reshape to rows that leave a rest',
      (ops, w, x) => {
        tf.reshape(x, [100, -1])
        return readout(ops, w, last(ops.relu(hiddenSum(ops, w, x))))
      },
      "The implicit shape can't be a fractional number. Got 216 / 100",
    ],
    [
      'a split into equal parts of a length that leaves a rest',
      (ops, w, x) => readout(ops, w, tf.split<Tensor2D>(ops.relu(hiddenSum(ops, w, x)), 2)[0]!),
      'Number of splits must evenly divide the axis.',
    ],
    [
      'a split into parts of another sum',
      (ops, w, x) => readout(ops, w, tf.split<Tensor2D>(ops.relu(hiddenSum(ops, w, x)), [1, 1])[0]!),
      'The sum of sizes must match the size of the axis dimension.',
    ],
    [
      'parts side by side of several heights',
      (ops, w, x) => {
        const hidden = ops.relu(hiddenSum(ops, w, x))
        return readout(ops, w, last(tf.concat([hidden, last(hidden)], 1)))
      },
      'Error in concat2D: Shape of tensors[1] (1,5) does not match the shape of the rest (3,5) along the non-concatenated axis 1.',
    ],
    [
      'a sum of signals of two shapes',
      (ops, w, x) => {
        const hidden = ops.relu(hiddenSum(ops, w, x))
        return readout(ops, w, ops.sum(hidden, last(hidden)))
      },
      'sum takes signals of one shape; these are [3,5] and [1,5]',
    ],
    [
      'logits of all steps',
      (ops, w, x) => readout(ops, w, ops.relu(hiddenSum(ops, w, x))),
      'it returns [3,4] for one sequence; logits [batch, classes] = [1, 4] are needed',
    ],
    [
      'logits of another number of classes',
      (ops, w, x) => last(ops.relu(hiddenSum(ops, w, x))),
      'it returns [1,5] for one sequence; logits [batch, classes] = [1, 4] are needed',
    ],
    [
      'nothing in place of logits',
      (() => undefined) as unknown as Forward,
      'it returns undefined for one sequence; logits [batch, classes] = [1, 4] are needed',
    ],
    [
      'logits that are promised',
      (async () => {}) as unknown as Forward,
      'it returns [object Promise] for one sequence; logits [batch, classes] = [1, 4] are needed',
    ],
    [
      'rows in place of images to pool',
      (ops, w, x) =>
        tf.reshape(ops.maxPool('pool', ops.relu(hiddenSum(ops, w, x)) as unknown as tf.Tensor4D), [1, -1]),
      "layer 'pool' pools [3,5]; it takes images [count, height, width, maps]",
    ],
  ])('are refused: %s', (_what, forward, message) => {
    expect(defining(forward)).toThrow(`architecture 'wrong': ${message}`)
  })

  it('of convolutions are refused, naming the layer', () => {
    const convolving = (kernel: number[], bias = 2): (() => unknown) => {
      const parameters = [
        { name: 'c.kernel', shape: kernel, kind: 'kernel' as const },
        { name: 'c.bias', shape: [bias], kind: 'negativeBias' as const },
      ]
      const forward: Forward = (ops, w, x) => {
        const images = tf.reshape(x, [1, 12, 18, 1]) as tf.Tensor4D
        const maps = ops.conv2d('c', images, w['c.kernel']!, w['c.bias']!, 'pixels')
        return tf.reshape(maps, [1, -1])
      }
      return () => defineArchitecture({ ...networkOf(forward), parameters: () => parameters })
    }
    expect(convolving([3, 3, 2, 2])).toThrow(
      "layer 'c' convolves [1,12,18,1] with [3,3,2,2]; they do not fit",
    )
    expect(convolving([3, 3, 2])).toThrow("layer 'c' convolves [1,12,18,1] with [3,3,2]; they do not fit")
    expect(convolving([2, 3, 1, 2])).toThrow("layer 'c' has a kernel of 2×3; both sides must be odd")
    expect(convolving([3, 3, 1, 2], 3)).toThrow("layer 'c' has 2 maps and a bias [3]")
  })
})

about('a domain that is not that of the inputs', () => {
  const reading =
    (signal: (...of: Parameters<Forward>) => Tensor2D, domain: string): Forward =>
    (ops, w, x) => {
      const term = ops.term(last(signal(ops, w, x)), w['readout.kernel']!, domain as 'signed')
      return ops.affine('readout', [term], w['readout.bias']!)
    }
  const tanh = reading((ops, w, x) => ops.tanh(hiddenSum(ops, w, x)), 'nonnegative')

  it.each<[string, Forward, string]>([
    [
      'tanh read as activations ≥ 0',
      tanh,
      "layer 'readout' says that its inputs are nonnegative, but they are signals that may be negative",
    ],
    [
      'a sum before its activation read as activations ≥ 0',
      reading(hiddenSum, 'nonnegative'),
      "layer 'readout' says that its inputs are nonnegative, but they are signals that may be negative",
    ],
    [
      'activations read as pixels',
      reading((ops, w, x) => ops.relu(hiddenSum(ops, w, x)), 'pixels'),
      "layer 'readout' says that its inputs are pixels, but they are activations ≥ 0",
    ],
    [
      'pixels read as activations ≥ 0',
      (ops, w, x) =>
        ops.affine('hidden', [ops.term(pixelsOf(x), w['hidden.kernel']!, 'nonnegative')], w['hidden.bias']!),
      "layer 'hidden' says that its inputs are nonnegative, but they are pixels",
    ],
    [
      'pixels read as signals of either sign',
      (ops, w, x) =>
        ops.affine('hidden', [ops.term(pixelsOf(x), w['hidden.kernel']!, 'signed')], w['hidden.bias']!),
      "layer 'hidden' says that its inputs are signed, but they are pixels",
    ],
    [
      'a domain that there is not',
      reading((ops, w, x) => ops.relu(hiddenSum(ops, w, x)), 'positive'),
      "layer 'readout' reads 'positive'; allowed are nonnegative, pixels and signed",
    ],
    [
      'a sum of tanh and a ReLU said to be ≥ 0',
      (ops, w, x) => {
        const sum = hiddenSum(ops, w, x)
        return readout(ops, w, last(ops.sum(ops.relu(sum), ops.tanh(sum), 'nonnegative', 'mix')))
      },
      "layer 'mix' says that its inputs are nonnegative, but they are signals that may be negative",
    ],
    [
      'tanh beside a ReLU, concatenated and read as activations ≥ 0',
      reading((ops, w, x) => {
        const sum = hiddenSum(ops, w, x)
        const parts = [ops.relu(sum), ops.tanh(sum)].map((part) => tf.split<Tensor2D>(part, [2, 3], 1))
        return tf.concat([parts[0]![0]!, parts[1]![1]!], 1)
      }, 'nonnegative'),
      "layer 'readout' says that its inputs are nonnegative, but they are signals that may be negative",
    ],
  ])('is refused, naming the layer: %s', (_what, forward, message) => {
    expect(defining(forward)).toThrow(`architecture 'wrong': ${message}`)
  })

  it('is not refused where gates are read as activations ≥ 0, or activations as signals of either sign', () => {
    expect(defining(reading((ops, w, x) => ops.sigmoid(hiddenSum(ops, w, x)), 'nonnegative'))).not.toThrow()
    expect(defining(reading((ops, w, x) => ops.relu(hiddenSum(ops, w, x)), 'signed'))).not.toThrow()
  })
})

about('a gate that is none', () => {
  it.each<[string, Forward, string]>([
    [
      'a ReLU',
      (ops, w, x) => {
        const hidden = ops.relu(hiddenSum(ops, w, x))
        return readout(ops, w, last(ops.gate(hidden, hidden)))
      },
      'gate takes a gate, made by sigmoid, hardSigmoid or complement; this is activations ≥ 0',
    ],
    [
      'the complement of tanh',
      (ops, w, x) => {
        const sum = hiddenSum(ops, w, x)
        return readout(ops, w, last(ops.gate(ops.complement(ops.tanh(sum)), ops.relu(sum))))
      },
      'complement takes a gate, made by sigmoid, hardSigmoid or complement; this is signals that may be negative',
    ],
    [
      'a gate of another shape',
      (ops, w, x) => {
        const sum = hiddenSum(ops, w, x)
        return readout(ops, w, ops.gate(last(ops.sigmoid(sum)), ops.relu(sum)))
      },
      'gate takes signals of one shape; these are [1,5] and [3,5]',
    ],
  ])('is refused: %s', (_what, forward, message) => {
    expect(defining(forward)).toThrow(`architecture 'wrong': ${message}`)
  })

  it('is not refused behind dropout, a tap or a movement of data', () => {
    expect(
      defining((ops, w, x) => {
        const sum = hiddenSum(ops, w, x)
        const gate = last(ops.tap('gate', 'all', ops.keep('gate', ops.sigmoid(sum))))
        return readout(ops, w, ops.gate(ops.complement(gate), last(ops.relu(sum))))
      }),
    ).not.toThrow()
  })
})
