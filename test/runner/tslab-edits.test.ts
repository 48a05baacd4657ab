import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

interface Edit {
  readonly why: string
  readonly find: string
  readonly replace: string
}

const require = createRequire(import.meta.url)
const repairs: {
  EDITS: Record<string, Edit[]>
  REQUIRED_VERSION: string
  applyEdits: (file: string, text: string, edits: readonly Edit[], found: string) => string
} = require('../../src/runner/kernel/tslab-edits.cjs')
const { applyEdits, EDITS, REQUIRED_VERSION } = repairs

const edit: Edit = { why: 'strict types', find: 'old', replace: 'new $& $1' }

test('every edit applies to the installed tslab', () => {
  const packageFile = require.resolve('tslab/package.json')
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8'))
  for (const [file, edits] of Object.entries(EDITS)) {
    const text = readFileSync(join(dirname(packageFile), 'dist', file), 'utf8')
    expect(() => applyEdits(file, text, edits, version)).not.toThrow()
  }
})

test('an edit replaces its one match literally', () => {
  expect(applyEdits('a.js', 'an old text', [edit], REQUIRED_VERSION)).toBe('an new $& $1 text')
})

test.each([
  ['none', 'a text', 'matches 0 places'],
  ['two', 'old and old', 'matches 2 places'],
])('an edit with %s matches stops with the file, the repair and both versions', (_, text, message) => {
  const apply = (): string => applyEdits('converter.js', text, [edit], REQUIRED_VERSION)
  expect(apply).toThrow(`A repair of tslab's converter.js (strict types) ${message}`)
  expect(apply).toThrow(
    `needs tslab ${REQUIRED_VERSION} exactly as published, and found tslab ${REQUIRED_VERSION}`,
  )
})

test('another version of tslab is refused though the edits match', () => {
  expect(() => applyEdits('a.js', 'old', [edit], '1.0.23')).toThrow(
    `needs tslab ${REQUIRED_VERSION} exactly as published, and found tslab 1.0.23. Run "npm ci"`,
  )
})
