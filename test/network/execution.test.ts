import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { type Computation, canCompile, runCompiled, runOneByOne } from '../../src/network/execution.js'
import { tensorsLeft } from './tensors.js'

// Top-level, since which tests there are depends on it.
await useBackend()

interface Given {
  readonly x: Float32Array
  readonly scale: Float32Array
}

const given = (first: number): Given => ({
  x: Float32Array.of(first, 2, 3, 4, 5, 6),
  scale: Float32Array.of(2),
})

/** (x·2 + 1)ᵀ·x in parts, with a constant, a split, a reduction and an argument that changes. */
const compute: Computation<Given, string> = (input) => {
  const x = input([2, 3], ({ x }) => x) as Tensor2D
  const [left, right] = tf.split<Tensor2D>(x, [1, 2], 1)
  const scaled = tf.add(
    tf.mul(
      tf.concat([right!, left!], 1),
      input([], ({ scale }) => scale),
    ),
    1,
  ) as Tensor2D
  return { outputs: [tf.matMul(scaled, x, true), tf.sum(scaled, 0)], about: 'it' }
}

describe('a computation', () => {
  it('gives the same values again and others for others, however it runs', () => {
    const owner = {}
    for (const first of [1, -3, 1]) {
      const expected = runOneByOne(given(first), compute)
      expect(runCompiled(owner, 'key', given(first), compute)).toEqual(expected)
    }
    expect(runOneByOne(given(1), compute).values).not.toEqual(runOneByOne(given(2), compute).values)
  })

  it('leaves no tensor behind', () => {
    const owner = {}
    runCompiled(owner, 'key', given(1), compute)
    expect(tensorsLeft(() => runCompiled(owner, 'key', given(1), compute))).toBe(0)
    expect(tensorsLeft(() => runCompiled(owner, 'another', given(1), compute))).toBe(0)
  })

  it('takes tensors for values, and gives back those that stay for the next run', () => {
    const double: Computation<{ x: Float32Array | Tensor }, null> = (input) => {
      const x = input([3], ({ x }) => x)
      const twice = tf.add(x, x)
      return { outputs: [tf.sum(twice)], staying: [twice], about: null }
    }
    for (const run of [
      runCompiled,
      (
        _owner: object,
        _key: string,
        ...rest: Parameters<typeof runOneByOne<{ x: Float32Array | Tensor }, null>>
      ) => runOneByOne(...rest),
    ]) {
      const owner = {}
      const left = tensorsLeft(() => {
        let x: Float32Array | Tensor = Float32Array.of(1, 2, 3)
        for (const sum of [12, 24, 48]) {
          const { values, staying } = run(owner, 'key', { x }, double)
          expect([...values[0]!]).toEqual([sum])
          expect(staying).toHaveLength(1)
          if (x instanceof tf.Tensor) x.dispose()
          x = staying[0]!
        }
        expect([...(x as Tensor).dataSync()]).toEqual([8, 16, 24])
        tf.dispose(x as Tensor)
      })
      expect(left).toBe(0)
    }
  })

  it('that throws leaves no tensor behind, and the next one runs', () => {
    const failing: Computation<Given, null> = (input) => {
      tf.add(
        input([2, 3], ({ x }) => x),
        1,
      )
      throw new Error('half way')
    }
    const left = tensorsLeft(() =>
      expect(() => runCompiled({}, 'key', given(1), failing)).toThrow('half way'),
    )
    expect(left).toBe(0)
    expect(runCompiled({}, 'key', given(1), compute).about).toBe('it')
  })
})

describe.skipIf(!canCompile())('a compiled computation', () => {
  it('is computed once for each owner and key', () => {
    let times = 0
    const counted: Computation<Given, string> = (input) => {
      times++
      return compute(input)
    }
    const [one, another] = [{}, {}]
    for (let i = 0; i < 3; i++) runCompiled(one, 'key', given(i), counted)
    expect(times).toBe(1)
    runCompiled(one, 'another', given(1), counted)
    runCompiled(another, 'key', given(1), counted)
    expect(times).toBe(3)
  })

  it('is refused where it reads the values of a tensor', () => {
    const reading: Computation<Given, null> = (input) => {
      const x = tf.add(
        input([2, 3], ({ x }) => x),
        1,
      )
      return { outputs: [tf.mul(x, x.dataSync()[0]!)], about: null }
    }
    expect(() => runCompiled({}, 'key', given(1), reading)).toThrow('may not read the values')
  })

  it('is refused where it uses a tensor that was made before it', () => {
    const before: Tensor = tf.add(1, 2)
    const using: Computation<Given, null> = (input) => ({
      outputs: [
        tf.mul(
          input([2, 3], ({ x }) => x),
          before,
        ),
      ],
      about: null,
    })
    expect(() => runCompiled({}, 'key', given(1), using)).toThrow('make it an input')
    before.dispose()
  })
})
