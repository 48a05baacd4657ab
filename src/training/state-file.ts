import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { readBytes } from '../files/read-whole.js'
import { decodeSafetensors, encodeSafetensors } from '../files/safetensors.js'
import { writeAtomically } from '../files/write-atomically.js'
import { sizeOf } from '../network/parameters.js'
import type { Layout } from './layout.js'
import type { TrainingState } from './state.js'

/**
 * Writes what resuming needs (β, Adam's moments, the best parameters, epoch and batch) in one file, whole or not at all.
 *
 * @param about what others are to know of it, by name
 */
export async function saveState(
  file: string,
  address: string,
  state: TrainingState,
  about: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { trained, adam, best, ...rest } = state
  const flat = (values: Float32Array) => ({ shape: [values.length], values })
  const scalars = JSON.stringify({ ...rest, adamSteps: adam.steps, bestEpoch: best.epoch })
  const tensors = { trained: flat(trained), m: flat(adam.m), v: flat(adam.v), best: flat(best.effective) }
  const digest = createHash('sha256').update(scalars)
  for (const { values } of Object.values(tensors)) digest.update(values)
  const metadata = { ...about, address, scalars, seal: digest.digest('hex') }
  await writeAtomically(file, encodeSafetensors({ tensors, metadata }))
}

/**
 * Reads a state to go on from; null where there is none.
 *
 * @throws Error naming the file when it is damaged or belongs to another configuration or network
 */
export async function loadState(
  file: string,
  address: string,
  layout: Layout,
): Promise<TrainingState | null> {
  if (!existsSync(file)) return null
  const { tensors, metadata } = decodeSafetensors(await readBytes(file), file)
  const { trained, m, v, best } = tensors
  const wrong = (what: string) => new Error(`${file} ${what}; delete it to train from the start`)
  if (!trained || !m || !v || !best || metadata.scalars === undefined) throw wrong('is not a training state')
  if (metadata.address !== address) throw wrong('belongs to another configuration')
  const digest = createHash('sha256').update(metadata.scalars)
  for (const { values } of [trained, m, v, best]) digest.update(values)
  if (digest.digest('hex') !== metadata.seal) throw wrong('is damaged: its content does not match its seal')
  if (sizeOf(trained.shape) !== layout.size)
    throw wrong(`holds ${trained.values.length} parameters, the network ${layout.size}`)
  const { adamSteps, bestEpoch, ...rest } = JSON.parse(metadata.scalars)
  return {
    // A state of before backends were written down says nothing of them.
    backends: [],
    ...rest,
    trained: trained.values,
    adam: { m: m.values, v: v.values, steps: adamSteps },
    best: { epoch: bestEpoch, effective: best.values },
  }
}

/** How many bytes a state takes: four float32 for each parameter. */
export const stateBytes = ({ size }: Pick<Layout, 'size'>): number => 16 * size

/** Removes a state that is no longer needed. */
export const removeState = (file: string): Promise<void> => rm(file, { force: true })
