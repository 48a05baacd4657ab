import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll } from 'vitest'

/** A folder inside the project that is removed after the tests of a file. */
export function temporaryFolder(): string {
  const cache = resolve(import.meta.dirname, '../../../node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'native-test-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
