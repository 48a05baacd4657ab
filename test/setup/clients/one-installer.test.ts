import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { withOneInstaller } from '../../../src/setup/clients/one-installer.js'
import { temporaryFolder } from '../../runner/notebooks.js'

const folder = temporaryFolder()
afterAll(folder.remove)

const never = new AbortController().signal

test('one installs while the others wait, and no lock stays behind', async () => {
  const root = join(folder.path, 'several')
  let installing = 0
  let most = 0
  const install = async () => {
    installing += 1
    most = Math.max(most, installing)
    await new Promise((resolve) => setImmediate(resolve))
    installing -= 1
  }
  await Promise.all([1, 2, 3].map(() => withOneInstaller(root, never, install)))
  expect(most).toBe(1)
  expect(readdirSync(root)).toEqual([])
})

test('a lock of a process that is gone holds nobody up', async () => {
  // The largest number that a process can have is smaller.
  writeFileSync(join(folder.path, 'installing'), '999999999')
  let isInstalled = false
  await withOneInstaller(folder.path, never, async () => {
    isInstalled = true
  })
  expect(isInstalled).toBe(true)
})

test('a failing installation leaves no lock behind', async () => {
  const root = join(folder.path, 'failing')
  const fail = async () => {
    throw new Error('no disk')
  }
  await expect(withOneInstaller(root, never, fail)).rejects.toThrow('no disk')
  expect(readdirSync(root)).toEqual([])
})
