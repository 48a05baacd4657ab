import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { decodeSafetensors, type TensorValues } from '../../src/files/safetensors.js'
import { type Imported, importModel } from '../../src/importing/index.js'
import { toSequences } from '../../src/importing/to-sequences.js'

const GOLDEN = new URL('golden/', import.meta.url).pathname

/** A model of another program, and what that program computed with it. */
export interface Fixture {
  readonly name: string
  readonly path: string
  /** In the shape of the model's own input, `[batch, …]`. */
  readonly inputs: TensorValues
  readonly logits: TensorValues
}

export const fixtureNames = readdirSync(GOLDEN).sort()

export function fixture(name: string): Fixture {
  const folder = join(GOLDEN, name)
  const file = existsSync(join(folder, 'model.json')) ? 'model.json' : 'model.safetensors'
  const { tensors } = decodeSafetensors(readFileSync(join(folder, 'check.safetensors')), name)
  return { name, path: join(folder, file), inputs: tensors.inputs!, logits: tensors.logits! }
}

/** A fixture's model as a value of this project. */
export const importFixture = (name: string): Promise<Imported> => importModel(fixture(name).path)

/** A fixture's inputs as this project's sequences `[batch, rows, columns]`. */
export function sequencesOf(name: string, model: Imported): Tensor3D {
  const { shape, values } = toSequences(fixture(name).inputs, model)
  return tf.tensor3d(values, shape as [number, number, number])
}
