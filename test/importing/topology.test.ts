import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readTopology } from '../../src/importing/keras/topology.js'
import { fixture } from './fixtures.js'

const kinds = ({ layers }: ReturnType<typeof readTopology>) => layers.map(({ kind, name }) => [kind, name])

describe('the layers of a model', () => {
  it('are the same in the form that Keras 3 gives to a graph', () => {
    const json = JSON.parse(readFileSync(fixture('keras-functional').path, 'utf8'))
    const before = readTopology(json, 'model.json')
    for (const layer of json.modelTopology.model_config.config.layers) {
      const { config, inbound_nodes } = layer
      config.batch_shape = config.batch_input_shape
      delete config.batch_input_shape
      layer.inbound_nodes = inbound_nodes.map((tensors: [string, number, number, object][]) => ({
        args: tensors.map(([name, node, output]) => ({
          class_name: '__keras_tensor__',
          config: { shape: [null], dtype: 'float32', keras_history: [name, node, output] },
        })),
        kwargs: { mask: null },
      }))
    }
    const after = readTopology(json, 'model.json')
    expect(after).toEqual({
      ...before,
      layers: before.layers.map((layer, i) => ({ ...layer, config: after.layers[i]!.config })),
    })
    expect(kinds(after)).toEqual([
      ['Permute', 'columns_first'],
      ['Reshape', 'two_columns_a_step'],
      ['Dense', 'embedding'],
      ['ReLU', 'embedding_relu'],
      ['Dropout', 'dropout'],
      ['GRU', 'gru'],
      ['Activation', 'squashed'],
      ['Dense', 'readout'],
    ])
  })

  it('have names that parameters and files can carry, each once', () => {
    const layer = (name: string) => ({ class_name: 'Dense', config: { name, batch_input_shape: [null, 3] } })
    const modelTopology = {
      class_name: 'Sequential',
      config: { name: 'x', layers: [layer('a/b'), layer('a b'), layer('a_b'), layer('c')] },
    }
    expect(kinds(readTopology({ modelTopology }, 'model.json'))).toEqual([
      ['Dense', 'a_b'],
      ['Dense', 'a_b_2'],
      ['Dense', 'a_b_3'],
      ['Dense', 'c'],
    ])
  })
})
