import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { registerDataMovement } from '../../network/data-movement.js'
import { fetchBytes, gunzip } from '../shared/gzip.js'
import type { Manifest } from '../shared/manifest.js'

const BINARIES = [
  'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm',
] as const

/** Makes TensorFlow.js's WebAssembly ready, which is compressed beside the page. */
export async function startBackend({ wasm }: Manifest, base: string): Promise<void> {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  const hasSimd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')
  const code = await gunzip(await fetchBytes(new URL(hasSimd ? wasm.simd : wasm.plain, base).href))
  const address = URL.createObjectURL(new Blob([code], { type: 'application/wasm' }))
  // All kinds have to have a path; only the one that is chosen above is read.
  setWasmPaths(Object.fromEntries(BINARIES.map((name) => [name, address])))
  try {
    if (!(await tf.setBackend('wasm'))) throw new Error('this browser cannot run WebAssembly')
    await tf.ready()
  } finally {
    URL.revokeObjectURL(address)
  }
  registerDataMovement()
}
