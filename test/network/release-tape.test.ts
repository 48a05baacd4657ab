import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { customGradient } from '../../src/network/custom-gradient.js'
import { releasingTape } from '../../src/network/release-tape.js'
import { random2D, tensorsLeft } from './tensors.js'

beforeAll(async () => {
  await useBackend()
})

const square = (x: Tensor, fails: 'nowhere' | 'forward' | 'backward' = 'nowhere') =>
  customGradient([x], (save) => {
    save([x])
    if (fails === 'forward') throw new Error('failed forward')
    const backward = (dy: Tensor, [x]: Tensor[]) => {
      if (fails === 'backward') throw new Error('failed backward')
      return [tf.mul(dy, tf.mul(2, x!))]
    }
    return { value: tf.square(x), backward }
  })

describe('a gradient computation that throws', () => {
  it.each(['forward', 'backward'] as const)('%s leaves no tensor behind, and the next one works', (fails) => {
    const x = random2D([2, 3], 'x')
    const walk = (fails: 'nowhere' | 'forward' | 'backward') =>
      releasingTape(() =>
        tf.tidy(() =>
          tf
            .grad((x: Tensor) => square(square(x), fails))(x)
            .dataSync(),
        ),
      )
    const expected = walk('nowhere')
    const left = tensorsLeft(() => expect(() => walk(fails)).toThrow(`failed ${fails}`))
    expect(left).toBe(0)
    expect(tensorsLeft(() => expect(walk('nowhere')).toEqual(expected))).toBe(0)
    x.dispose()
  })

  it('leaves the tape of a computation around it alone', () => {
    const x = tf.scalar(3)
    const gradient = tf.grad((x: Tensor) => {
      const y = square(x)
      expect(() =>
        releasingTape(() => {
          throw new Error('inside')
        }),
      ).toThrow('inside')
      return square(y)
    })(x)
    expect(gradient.dataSync()[0]).toBeCloseTo(4 * 27, 4)
    tf.dispose([x, gradient])
  })
})
