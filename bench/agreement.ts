import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeModulesFolder } from '../src/backend/node-modules.js'
import type { Method } from '../src/explanation/index.js'
import { decodeSafetensors, encodeSafetensors } from '../src/files/safetensors.js'
import { partOf, toNamed } from '../src/training/layout.js'
import { effectiveOf, explainer, gradients, KEEP, logits } from './ours.js'
import type { Peer } from './peer.js'
import { type Problem, randomBatch } from './problem.js'

/** Both sides compute in single precision, in another order. */
const LIMIT = 1e-3
const BATCH = 7

/** Gives a peer the network that we hold. */
export async function load(peer: Peer, problem: Problem): Promise<void> {
  const { network, geometry, units, layout } = problem
  await withFolder(async (folder) => {
    const parameters = join(folder, 'parameters.safetensors')
    writeFileSync(
      parameters,
      encodeSafetensors({ tensors: toNamed(layout, effectiveOf(problem)), metadata: {} }),
    )
    await peer.ask('load', { network, geometry, units, parameters, keep: KEEP })
  })
}

/**
 * Checks that both sides compute the same logits, gradients and explanations; returns the largest deviation, relative to the largest
 * value of each.
 *
 * @throws Error naming what differs by more than 1e-3
 */
export async function checkAgreement(
  peer: Peer,
  problem: Problem,
  methods: readonly Method[],
): Promise<number> {
  const batch = randomBatch(problem, BATCH)
  const { shape } = batch
  const labels = [...batch.labels]
  return withFolder(async (folder) => {
    const x = join(folder, 'x.f32')
    const out = join(folder, 'out')
    writeFileSync(x, batch.x)
    await peer.ask('logits', { x, shape, out })
    const deviations = [compare('logits', logits(problem, batch), floats(out))]
    await peer.ask('gradients', { x, shape, labels, out })
    const { tensors } = decodeSafetensors(readFileSync(out), out)
    const own = gradients(problem, batch)
    for (const [i, { name }] of problem.layout.specs.entries()) {
      deviations.push(
        compare(`the gradient of ${name}`, partOf(problem.layout, own, i), tensors[name]!.values),
      )
    }
    for (const method of methods) {
      await peer.ask('explain', { method: method.id, x, shape, labels, out })
      deviations.push(compare(method.id, explainer(problem, batch, method)(), floats(out)))
    }
    return Math.max(...deviations)
  })

  function compare(what: string, own: Float32Array, other: Float32Array): number {
    const largest = own.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    const difference = own.reduce((most, value, i) => Math.max(most, Math.abs(value - other[i]!)), 0)
    const deviation = difference / (largest || 1)
    if (own.length === other.length && deviation <= LIMIT) return deviation
    throw new Error(
      `${what} of ${problem.network} differs from the peer's by ${deviation.toExponential(1)} of its largest value, so that nothing is timed`,
    )
  }
}

const floats = (file: string): Float32Array => new Float32Array(new Uint8Array(readFileSync(file)).buffer)

async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(nodeModulesFolder(), '.cache', 'bench', `${process.pid}`)
  mkdirSync(folder, { recursive: true })
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
