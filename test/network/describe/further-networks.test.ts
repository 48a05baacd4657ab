import * as tf from '@tensorflow/tfjs-core'
import { describe as about, expect, it } from 'vitest'
import { type Architecture, denseLayer, describe, readout } from '../../../src/architectures/index.js'
import { architecture } from '../../../src/catalogue/index.js'
import type { Geometry } from '../../../src/network/geometry.js'
import { layer } from '../../../src/network/parameters.js'
import { frames } from '../../../src/network/sequence.js'
import {
  bidirectional,
  elman,
  everyStep,
  furtherNetworks,
  gru,
  maxPooling,
  tanhLstm,
  twoLevels,
} from '../../architectures/further-networks.js'

const GEOMETRY: Geometry = { rows: 6, stepColumns: 4, steps: 5, classes: 3 }
const of = (value: Architecture, geometry = GEOMETRY) => describe(value, geometry)
const edgesOf = (value: Architecture, geometry = GEOMETRY) =>
  new Set(
    of(value, geometry).edges.map(({ from, to, kind }) => `${from} ${kind === 'forward' ? '→' : '⟲'} ${to}`),
  )
const layerOf = (value: Architecture, name: string) => of(value).layers.find((one) => one.name === name)!

about('an Elman network', () => {
  it('is one layer that reads the pixels and itself at the step before', () => {
    expect(edgesOf(elman)).toEqual(new Set(['pixels → hidden', 'hidden ⟲ hidden', 'hidden → readout']))
    expect(of(elman).states).toEqual([{ name: 'hidden', units: 8 }])
    expect(of(elman).cells).toEqual([])
    expect(layerOf(elman, 'hidden')).toEqual({
      name: 'hidden',
      kind: 'dense',
      units: 8,
      activation: 'relu',
      time: 'eachStep',
      isBackward: false,
      parameters: ['hidden.kernel', 'hidden.bias'],
    })
  })

  it('that reads one step has a state all the same, and nothing recurrent', () => {
    const once = { ...GEOMETRY, steps: 1 }
    expect(edgesOf(elman, once)).toEqual(new Set(['pixels → hidden', 'hidden → readout']))
    expect(of(elman, once).states).toEqual([{ name: 'hidden', units: 8 }])
    expect(of(elman, once).layers.map(({ time }) => time)).toEqual(['once', 'once'])
  })
})

about('a GRU', () => {
  it('is one gated cell, which hands on its memory itself', () => {
    expect(of(gru).cells).toEqual([
      { layers: ['update', 'reset', 'candidate'], units: 6, memory: 'state', kind: 'gated' },
    ])
    expect(of(gru).states).toEqual([{ name: 'state', units: 6 }])
  })

  it('has sigmoid gates, and a candidate behind the reset gate of the same step', () => {
    expect(of(gru).layers.map(({ name, activation }) => `${name} ${activation}`)).toEqual([
      'update sigmoid',
      'reset sigmoid',
      'candidate relu',
      'readout null',
    ])
    expect(edgesOf(gru)).toContain('reset → candidate')
    expect(edgesOf(gru)).toContain('candidate ⟲ reset')
  })
})

about('a gate over features of all steps', () => {
  it('is a cell without the layer that computed them', () => {
    expect(of(attentive).cells).toEqual([{ layers: ['attention'], units: 5, memory: null, kind: 'gated' }])
    expect(edgesOf(attentive)).toEqual(
      new Set([
        'pixels → input',
        'hidden ⟲ attention',
        'input → hidden',
        'attention → hidden',
        'hidden ⟲ hidden',
        'hidden → readout',
      ]),
    )
  })
})

about('a tanh-LSTM', () => {
  it('is one LSTM cell, whose output is no state of its own', () => {
    expect(of(tanhLstm).cells).toEqual([
      { layers: ['gates', 'candidate'], units: 5, memory: 'cell', kind: 'lstm' },
    ])
    expect(of(tanhLstm).states).toEqual([{ name: 'cell', units: 5 }])
    expect(layerOf(tanhLstm, 'candidate').activation).toBe('tanh')
  })
})

about('two levels', () => {
  it('have a state each, and the upper one reads the lower one of the same step', () => {
    expect(of(twoLevels).states).toEqual([
      { name: 'lower', units: 7 },
      { name: 'upper', units: 5 },
    ])
    expect(edgesOf(twoLevels)).toEqual(
      new Set(['pixels → lower', 'lower ⟲ lower', 'lower → upper', 'upper ⟲ upper', 'upper → readout']),
    )
  })

  it('of which the upper one is handed back to the lower one have a recurrent edge down', () => {
    expect(edgesOf(topDown)).toEqual(
      new Set(['pixels → lower', 'upper ⟲ lower', 'lower → upper', 'upper → readout']),
    )
  })
})

about('a bidirectional network', () => {
  it('has a level whose steps go backward, and a readout of both', () => {
    expect(layerOf(bidirectional, 'onward').isBackward).toBe(false)
    expect(layerOf(bidirectional, 'backward').isBackward).toBe(true)
    expect(edgesOf(bidirectional)).toEqual(
      new Set([
        'pixels → onward',
        'onward ⟲ onward',
        'pixels → backward',
        'backward ⟲ backward',
        'onward → readout',
        'backward → readout',
      ]),
    )
    expect(of(bidirectional).states).toEqual([
      { name: 'onward', units: 6 },
      { name: 'backward', units: 4 },
    ])
  })

  it('is seen to go backward by its taps where each step reads an input of its own', () => {
    expect(layerOf(fromTheEnd, 'hidden').isBackward).toBe(true)
  })
})

about('a readout of every step', () => {
  it('is one layer that reads the states of all steps, by one kernel', () => {
    expect(edgesOf(everyStep)).toEqual(edgesOf(elman))
    expect(layerOf(everyStep, 'readout')).toMatchObject({
      time: 'once',
      parameters: ['readout.kernel', 'readout.bias'],
    })
    const products = of(everyStep).products.filter(({ layer }) => layer === 'readout')
    expect(products).toHaveLength(GEOMETRY.steps)
    expect(products[0]).toEqual({ layer: 'readout', rows: 1, inputs: 8, outputs: 3, readsPixels: false })
  })
})

about('max pooling', () => {
  it('is a layer of 2×2 blocks between the convolution and what reads the maxima', () => {
    expect(layerOf(maxPooling, 'pool')).toEqual({
      name: 'pool',
      kind: 'maxPool',
      units: 3,
      window: [2, 2],
      activation: null,
      time: 'allSteps',
      isBackward: false,
      parameters: [],
    })
    expect([...edgesOf(maxPooling)].slice(0, 3)).toEqual([
      'pixels → convolution',
      'convolution → pool',
      'pool → hidden',
    ])
  })
})

about('few steps', () => {
  it('have the edges of many, also where a layer is computed in one of two steps only', () => {
    for (const value of [...furtherNetworks, architecture('shallow'), architecture('r-lstm')]) {
      expect(edgesOf(value, { ...GEOMETRY, steps: 2 })).toEqual(edgesOf(value))
      expect(of(value, { ...GEOMETRY, steps: 2 }).states).toEqual(of(value).states)
    }
  })
})

/** Two layers a step, of which the lower one reads the pixels and the upper one of the step before. */
const topDown: Architecture = {
  id: 'top-down',
  title: 'Top down',
  units: { lower: 4, upper: 5 },
  parameters: ({ rows, stepColumns, classes }, { lower, upper }) => [
    ...layer('lower', [rows * stepColumns + upper!, lower!]),
    ...layer('upper', [lower!, upper!]),
    ...layer('readout', [upper!, classes]),
  ],
  forward:
    (geometry, { upper }) =>
    (ops, w, x) => {
      const pixels = frames(x, geometry)
      const [fromPixels, fromUpper] = tf.split(w['lower.kernel'], [pixels.shape[1], upper!])
      const inputs = ops.terms(pixels, fromPixels!, 'pixels', geometry.steps)
      let h = ops.initial('upper', x.shape[0], upper!, pixels)
      for (const [step, input] of inputs.entries()) {
        const terms = [input, ops.term(h, fromUpper!, 'nonnegative')]
        const lower = ops.tap('lower', step, ops.relu(ops.affine('lower', terms, w['lower.bias'])))
        const term = ops.term(lower, w['upper.kernel'], 'nonnegative')
        h = ops.tap('upper', step, ops.relu(ops.affine('upper', [term], w['upper.bias'])))
      }
      return readout(ops, w, h)
    },
}

/** An Elman network whose state decides how much of each feature of a step it reads. */
const attentive: Architecture = {
  id: 'attentive',
  title: 'Attentive',
  units: { input: 5, hidden: 4 },
  parameters: ({ rows, stepColumns, classes }, { input, hidden }) => [
    ...layer('input', [rows * stepColumns, input!]),
    ...layer('attention', [hidden!, input!], 'freeBias'),
    ...layer('hidden', [input! + hidden!, hidden!]),
    ...layer('readout', [hidden!, classes]),
  ],
  forward:
    (geometry, { input, hidden }) =>
    (ops, w, x) => {
      const features = denseLayer(ops, w, 'input', frames(x, geometry), 'pixels', 'all')
      const [fromInput, fromState] = tf.split(w['hidden.kernel'], [input!, hidden!])
      let h = ops.initial('hidden', x.shape[0], hidden!, features)
      for (const [step, own] of tf.split<tf.Tensor2D>(features, geometry.steps).entries()) {
        const term = ops.term(h, w['attention.kernel'], 'nonnegative')
        const attention = ops.sigmoid(ops.affine('attention', [term], w['attention.bias']))
        const terms = [
          ops.term(ops.gate(attention, own), fromInput!, 'nonnegative'),
          ops.term(h, fromState!, 'nonnegative'),
        ]
        h = ops.tap('hidden', step, ops.relu(ops.affine('hidden', terms, w['hidden.bias'])))
      }
      return readout(ops, w, h)
    },
}

/** An Elman network that takes the frames apart itself and reads them from the end. */
const fromTheEnd: Architecture = {
  ...elman,
  id: 'from-the-end',
  title: 'From the end',
  forward:
    (geometry, { hidden }) =>
    (ops, w, x) => {
      const pixels = frames(x, geometry)
      const [fromPixels, fromState] = tf.split(w['hidden.kernel'], [pixels.shape[1], hidden!])
      const inputs = tf.split<tf.Tensor2D>(pixels, geometry.steps)
      let h = ops.initial('hidden', x.shape[0], hidden!, pixels)
      for (let step = geometry.steps - 1; step >= 0; step--) {
        const terms = [ops.term(inputs[step]!, fromPixels!, 'pixels'), ops.term(h, fromState!, 'nonnegative')]
        h = ops.tap('hidden', step, ops.relu(ops.affine('hidden', terms, w['hidden.bias'])))
      }
      return readout(ops, w, h)
    },
}
