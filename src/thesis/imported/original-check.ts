import * as tf from '@tensorflow/tfjs-core'
import { useBackend } from '../../backend/use-backend.js'
import type { TensorValues } from '../../files/safetensors.js'
import { type Imported, toSequences } from '../../importing/index.js'
import { logitsOf } from '../../network/logits.js'
import { toTensors } from '../../network/parameters.js'

/** What the program that a model comes from computed with it. */
export interface Original {
  /** This project's sequences, `[batch, rows, columns]`. */
  readonly sequences: TensorValues
  /** `[batch, classes]`. */
  readonly outputs: TensorValues
  /** Whether outputs are the softmax of logits. */
  readonly areProbabilities: boolean
}

/**
 * What the original computed, of tensors by name: `inputs` in the shape of the model's own input or `sequences` `[batch, rows, columns]`,
 * and `logits` or `probabilities` `[batch, classes]`.
 *
 * @throws Error naming the file and the tensor that is missing or of another shape
 */
export function originalOf(
  tensors: Readonly<Record<string, TensorValues>>,
  imported: Imported,
  file: string,
): Original {
  const wrong = (what: string) => new Error(`${file}: ${what}`)
  const { rows, stepColumns, steps, classes } = imported.geometry
  const { inputs, sequences: given, logits, probabilities } = tensors
  const outputs = logits ?? probabilities
  if ((inputs ?? given) === undefined || outputs === undefined)
    throw wrong(
      `needs the tensors inputs or sequences, and logits or probabilities; it holds ${Object.keys(tensors).join(', ')}`,
    )
  const sequences = given ?? toSequences(inputs!, imported)
  const wanted = [sequences.shape[0]!, rows, steps * stepColumns]
  if (sequences.shape.join() !== wanted.join())
    throw wrong(`sequences have shape [${sequences.shape}]; this model reads [${wanted}]`)
  if (outputs.shape.join() !== [wanted[0], classes].join())
    throw wrong(`the outputs have shape [${outputs.shape}]; this model gives [${wanted[0]}, ${classes}]`)
  return { sequences, outputs, areProbabilities: logits === undefined }
}

/** The largest absolute difference between what an imported model computes and what the original did. */
export async function deviationFromOriginal(
  { architecture, geometry, units, parameters }: Imported,
  { sequences, outputs, areProbabilities }: Original,
): Promise<number> {
  await useBackend()
  const { classes } = geometry
  const x = tf.tensor3d(sequences.values, sequences.shape as [number, number, number])
  const w = toTensors(parameters)
  try {
    const logits = logitsOf(architecture.forward(geometry, units), w, x)
    const computed = areProbabilities ? softmax(logits, classes) : logits
    return outputs.values.reduce((largest, value, i) => Math.max(largest, Math.abs(value - computed[i]!)), 0)
  } finally {
    tf.dispose([x, w])
  }
}

/** The softmax of each row of `[batch, classes]`. */
function softmax(logits: Float32Array, classes: number): Float64Array {
  const result = new Float64Array(logits.length)
  for (let start = 0; start < logits.length; start += classes) {
    const row = logits.subarray(start, start + classes)
    const largest = Math.max(...row)
    const powers = Array.from(row, (logit) => Math.exp(logit - largest))
    const sum = powers.reduce((total, power) => total + power, 0)
    for (const [k, power] of powers.entries()) result[start + k] = power / sum
  }
  return result
}
