import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { registerDataMovement } from '../network/data-movement.js'
import { setCompiler } from '../network/execution.js'
import { nativeCompiler } from './compiled/compile.js'
import { nativeBackend } from './compiled/native-binding.js'
import { loadNative, locateNative } from './native.js'
import { nodeModulesFolder, requireFromHere } from './node-modules.js'

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
 * @throws Error when the backend asked for is unknown, cannot be loaded, or is not the one already in use.
 * @example
 * const { name, reason } = await useBackend() // native where it loads, wasm elsewhere
 */
export async function useBackend(wanted?: string): Promise<BackendChoice> {
  chosen ??= start(wanted ?? process.env.THESIS_BACKEND).catch((error) => {
    // What did not start may start the next time: after npm run native, for one.
    chosen = null
    throw error
  })
  const choice = await chosen
  if (wanted && wanted !== choice.name)
    throw new Error(`backend '${wanted}' was asked for, but this process already uses ${choice.name}`)
  return choice
}

async function start(wanted: string | undefined): Promise<BackendChoice> {
  if (wanted !== undefined && wanted !== 'wasm' && wanted !== 'native' && wanted !== '') {
    throw new Error(`backend '${wanted}' is unknown; allowed are native and wasm`)
  }
  const native = wanted === 'wasm' ? { reason: 'asked for' } : locateNative(dirname(nodeModulesFolder()))
  if ('entry' in native) {
    try {
      loadNative(native.entry)
      await tf.setBackend('tensorflow')
      registerDataMovement()
      const running = nativeBackend()
      setCompiler(running && nativeCompiler(running, coresGiven()))
      return { name: 'native', reason: `TensorFlow ${libraryVersion()} through @tensorflow/tfjs-node` }
    } catch (error) {
      if (wanted === 'native') throw error
      const why = error instanceof Error ? error.message.split('\n')[0] : String(error)
      return startWasm(`@tensorflow/tfjs-node does not load: ${why}`)
    }
  }
  if (wanted === 'native') throw new Error(`the native backend was asked for, but ${native.reason}`)
  return startWasm(native.reason)
}

/** The cores that this process may use. */
const coresGiven = (): number => Number(process.env.TF_NUM_INTEROP_THREADS) || availableParallelism()

/** The version of the library behind the backend. */
function libraryVersion(): string {
  const backend: unknown = tf.backend()
  const binding: unknown =
    typeof backend === 'object' && backend !== null ? Reflect.get(backend, 'binding') : null
  const version: unknown =
    typeof binding === 'object' && binding !== null ? Reflect.get(binding, 'TF_Version') : null
  return typeof version === 'string' ? version : ''
}

async function startWasm(reason: string): Promise<BackendChoice> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm')
  wasm.setWasmPaths(`${dirname(requireFromHere().resolve('@tensorflow/tfjs-backend-wasm'))}/`)
  const before = PROCESS_EVENTS.map((event) => process.rawListeners(event))
  await tf.setBackend('wasm')
  await tf.ready()
  // The wasm loader adds handlers that rethrow any unhandled error with its whole source as the message.
  for (const [i, event] of PROCESS_EVENTS.entries()) {
    for (const listener of process.rawListeners(event)) {
      if (!before[i]!.includes(listener)) process.removeListener(event, listener as () => void)
    }
  }
  registerDataMovement()
  return { name: 'wasm', reason }
}
