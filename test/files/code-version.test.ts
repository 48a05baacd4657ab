import { expect, test } from 'vitest'
import { codeVersion } from '../../src/files/code-version.js'

test('the version of the code names a commit with its date where there is a checkout, and is the same each time', () => {
  const found = codeVersion()
  expect(found.version).toMatch(/^\d+\.\d+\.\d+/)
  if (found.commit !== undefined) {
    expect(found.commit).toMatch(/^[0-9a-f]{40}( \+ changes)?$/)
    expect(Number.isNaN(Date.parse(found.date!))).toBe(false)
  }
  expect(codeVersion()).toBe(found)
})
