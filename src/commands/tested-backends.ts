import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { locateNative } from '../backend/native.js'
import type { BackendName } from '../backend/use-backend.js'

/**
 * The backends that the unit tests run on: both, or the one that `$THESIS_BACKEND` names.
 *
 * Where the native backend is missing it is built first if that was asked for; where it cannot be, only wasm is tested and told why.
 */
export function testedBackends(
  root: string,
  options: { readonly build: boolean; say(text: string): void },
): BackendName[] {
  const wanted = process.env.THESIS_BACKEND
  if (wanted === 'wasm' || wanted === 'native') return [wanted]
  let native = locateNative(root)
  if (!('entry' in native) && options.build) {
    const build = join(root, 'src', 'commands', 'native.ts')
    spawnSync(process.execPath, ['--import', 'tsx', build], { cwd: root, stdio: ['inherit', 2, 'inherit'] })
    native = locateNative(root)
  }
  if ('entry' in native) return ['native', 'wasm']
  options.say(`skipped on the native backend: ${native.reason}`)
  return ['wasm']
}
