import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { registerDataMovement } from './data-movement.js'

/** The backends a computation may run on: `native` is @tensorflow/tfjs-node, `wasm` installs everywhere. */
export type BackendName = 'native' | 'wasm'

/** What runs, and in one line why. */
export interface BackendChoice {
  readonly name: BackendName
  readonly reason: string
}

const PROCESS_EVENTS = ['uncaughtException', 'unhandledRejection'] as const

let chosen: Promise<BackendChoice> | null = null

/**
 * Makes a tensor backend ready, once per process: the one asked for, else `$THESIS_BACKEND`, else native where it loads and wasm where not.
 *
 * @throws Error when the backend asked for is unknown or cannot be loaded.
 */
export function useBackend(wanted: string | undefined = process.env.THESIS_BACKEND): Promise<BackendChoice> {
  chosen ??= start(wanted)
  return chosen
}

async function start(wanted: string | undefined): Promise<BackendChoice> {
  if (wanted !== undefined && wanted !== 'wasm' && wanted !== 'native' && wanted !== '') {
    throw new Error(`backend '${wanted}' is unknown; allowed are native and wasm`)
  }
  const entry = process.env.THESIS_NATIVE_ENTRY
  if (entry && wanted !== 'wasm') {
    createRequire(join(process.cwd(), 'resolve.js'))(entry)
    await tf.setBackend('tensorflow')
    registerDataMovement()
    return { name: 'native', reason: 'tfjs-node' }
  }
  await startWasm()
  registerDataMovement()
  return { name: 'wasm', reason: 'wasm with SIMD' }
}

async function startWasm(): Promise<void> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm')
  const fromHere = createRequire(join(process.cwd(), 'resolve.js'))
  wasm.setWasmPaths(`${dirname(fromHere.resolve('@tensorflow/tfjs-backend-wasm'))}/`)
  const before = PROCESS_EVENTS.map((event) => process.rawListeners(event))
  await tf.setBackend('wasm')
  await tf.ready()
  // The wasm loader adds handlers that rethrow any unhandled error with its whole source as the message.
  for (const [i, event] of PROCESS_EVENTS.entries()) {
    for (const listener of process.rawListeners(event)) {
      if (!before[i]!.includes(listener)) process.removeListener(event, listener as () => void)
    }
  }
}
