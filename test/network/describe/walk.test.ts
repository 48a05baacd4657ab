import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as tf from '@tensorflow/tfjs-core'
import { describe as about, beforeAll, expect, it } from 'vitest'
import type { Architecture } from '../../../src/architectures/index.js'
import { describe } from '../../../src/architectures/index.js'
import { useBackend } from '../../../src/backend/use-backend.js'
import { architecture, architectures, method } from '../../../src/catalogue/index.js'
import { defineMethod, explainBatch } from '../../../src/explanation/index.js'
import { describeNetwork } from '../../../src/network/describe/index.js'
import { THESIS_GEOMETRY } from '../../../src/network/geometry.js'
import { elman, furtherNetworks } from '../../architectures/further-networks.js'
import { randomNetwork, randomSequences, TINY, tensorsOf } from '../../architectures/networks.js'
import { tensorsLeft } from '../tensors.js'

const run = promisify(execFile)

/** A walk that no earlier description answers. */
const walk = ({ parameters, forward, units }: Architecture, geometry = TINY) =>
  describeNetwork(parameters(geometry, units), forward(geometry, units), geometry)

const inAnotherProcess = async (...backend: string[]) => {
  const file = join(import.meta.dirname, 'fixtures', 'print-fingerprints.ts')
  const { stdout } = await run(process.execPath, ['--import', 'tsx', file, ...backend])
  const told: { fingerprints: string[]; backend: string | null } = JSON.parse(stdout)
  return told
}

about('a description before any backend is chosen', () => {
  it('is that of other processes and backends, and chooses none', async () => {
    const here = [...architectures, ...furtherNetworks].map(
      (value) => describe(value, THESIS_GEOMETRY).fingerprint,
    )
    const without = await inAnotherProcess()
    expect(without).toEqual({ fingerprints: here, backend: null })
    expect(await inAnotherProcess('wasm')).toEqual({ fingerprints: here, backend: 'wasm' })
  })
})

about('a description on a backend', () => {
  beforeAll(async () => {
    await useBackend()
  })

  it('leaves the backend and the tensors as they were', () => {
    const [backend, instance, { numTensors, numBytes, numDataBuffers }] = [
      tf.getBackend(),
      tf.backend(),
      tf.memory(),
    ]
    for (const value of [...architectures, ...furtherNetworks]) walk(value)
    expect(tf.getBackend()).toBe(backend)
    expect(tf.backend()).toBe(instance)
    expect(tf.memory()).toMatchObject({ numTensors, numBytes, numDataBuffers })
  })

  it('leaves them also where the network is refused', () => {
    const refused: Architecture = {
      ...elman,
      forward: () => (_ops, w, x) => tf.mul(tf.sum(x), w['hidden.bias']!),
    }
    const backend = tf.getBackend()
    expect(
      tensorsLeft(() =>
        expect(() => walk(refused)).toThrow('it computes with TensorFlow.js’s'.replace('’', "'")),
      ),
    ).toBe(0)
    expect(tf.getBackend()).toBe(backend)
    expect(tf.add(tf.scalar(1), 1).dataSync()[0]).toBe(2)
  })

  it('works inside a tidy and inside a gradient, which go on as if there was none', () => {
    const wanted = walk(elman)
    const x = tf.tensor1d([1, 2, 3])
    const found: unknown[] = []
    const [plain, interrupted] = [() => {}, () => found.push(walk(elman))].map((between) => {
      const gradient = tf.customGrad((x, save) => {
        between()
        const [y] = [tf.square(x as tf.Tensor1D)]
        ;(save as (tensors: tf.Tensor[]) => void)([x as tf.Tensor1D])
        between()
        return {
          value: y,
          gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
            between()
            return tf.mul(tf.mul(dy, 2), saved[0]!)
          },
        }
      })
      return tf.tidy(() => {
        between()
        return Array.from(
          tf
            .grad((x) => tf.clone(gradient(x)))(x)
            .dataSync(),
        )
      })
    })
    expect(plain).toEqual([2, 4, 6])
    expect(interrupted).toEqual(plain)
    expect(found).toHaveLength(4)
    for (const description of found) expect(description).toEqual(wanted)
    x.dispose()
  })

  it('works in the middle of an explanation, whose relevance stays the same', () => {
    const network = randomNetwork(architecture('r-lstm'))
    const [w, x] = [tensorsOf(network), randomSequences(3)]
    const deepTaylor = method('deepTaylor')
    const talkative = defineMethod({
      id: 'talkative',
      title: 'Talkative',
      attribute: (explained) => {
        walk(elman)
        const relevance = deepTaylor.attribute(explained)
        walk(elman)
        return relevance
      },
    })
    const forward: typeof network.forward = (ops, w, x) => {
      walk(elman)
      return network.forward(ops, w, x)
    }
    const relevanceBy = (method: typeof deepTaylor, of = network.forward) =>
      Array.from(explainBatch(of, w, x, { method, target: 1, geometry: TINY }).relevance)
    const expected = relevanceBy(deepTaylor)
    expect(tensorsLeft(() => expect(relevanceBy(talkative, forward)).toEqual(expected))).toBe(0)
    tf.dispose([w, x])
  })

  it('works in the middle of another description', () => {
    const nested: Architecture = {
      ...elman,
      forward: (geometry, units) => (ops, w, x) => {
        expect(walk(architecture('deep')).layers).toHaveLength(5)
        return elman.forward(geometry, units)(ops, w, x)
      },
    }
    expect(walk(nested)).toEqual(walk(elman))
  })
})
