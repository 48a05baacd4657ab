import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type BuildRecord, foldersOf, isBuilt, prepare, publish } from '../../../src/setup/native/folders.js'
import { temporaryFolder } from './temporary-folder.js'

const record: BuildRecord = {
  entry: 'entry.cjs',
  platform: 'linux-x64',
  node: { oldest: 20, newest: 26 },
  tfjsNode: '1.0.0',
  tensorflow: '2.0.0',
}
const parent = temporaryFolder()

it('a build counts only once it is published, and only as what it is', async () => {
  const folders = foldersOf(join(parent, 'published'))
  await prepare(folders)
  writeFileSync(join(folders.staging, 'entry.cjs'), 'first')
  expect(await isBuilt(folders, record)).toBe(false)
  await publish(folders, record)
  expect(await isBuilt(folders, record)).toBe(true)
  expect(await isBuilt(folders, { ...record, tensorflow: '2.0.1' })).toBe(false)
  expect(readdirSync(folders.root)).toEqual(['tfjs-node'])
})

it('a new build replaces the old one whole', async () => {
  const folders = foldersOf(join(parent, 'replaced'))
  for (const content of ['first', 'second']) {
    await prepare(folders)
    writeFileSync(join(folders.staging, content), content)
    await publish(folders, record)
  }
  expect(readdirSync(folders.build).sort()).toEqual(['build.json', 'second'])
  expect(readdirSync(folders.root)).toEqual(['tfjs-node'])
})

it('preparing removes what killed builds left and keeps finished and running ones', async () => {
  const folders = foldersOf(join(parent, 'leftovers'))
  const unused = 2 ** 22 + 1 // beyond the largest process number of Linux
  for (const name of [`building-${unused}`, `download-${unused}`, `building-${process.ppid}`, 'tfjs-node']) {
    mkdirSync(join(folders.root, name), { recursive: true })
  }
  await prepare(folders)
  const kept = [`building-${process.ppid}`, `building-${process.pid}`, 'tfjs-node']
  expect(readdirSync(folders.root).sort()).toEqual(kept.sort())
})

it('an unreadable record is no build', async () => {
  const folders = foldersOf(join(parent, 'unreadable'))
  mkdirSync(folders.build, { recursive: true })
  writeFileSync(join(folders.build, 'build.json'), '{"entry": "en')
  expect(existsSync(folders.build)).toBe(true)
  expect(await isBuilt(folders, record)).toBe(false)
})

it('the record names everything that decides whether a build can be used', async () => {
  const folders = foldersOf(join(parent, 'record'))
  await prepare(folders)
  await publish(folders, record)
  expect(JSON.parse(readFileSync(join(folders.build, 'build.json'), 'utf8'))).toEqual(record)
})
