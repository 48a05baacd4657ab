import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { writeTogether } from '../../src/files/write-together.js'
import { temporaryFolder } from '../data/synthetic.js'

const disk = vi.hoisted(() => ({ fullAt: '', lockedAt: '', calls: [] as string[] }))

/** A disk that is full for files of one name, and on which those of another cannot be replaced; it writes down what is asked of it. */
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>()
  const fail = (code: string) => {
    throw Object.assign(new Error(code), { code })
  }
  const files = new Map<number, string>()
  return {
    ...real,
    writeFileSync(...given: Parameters<typeof real.writeFileSync>) {
      if (disk.fullAt !== '' && String(given[0]).includes(disk.fullAt)) fail('ENOSPC')
      disk.calls.push((given[2] as { flush?: boolean } | undefined)?.flush ? 'write and flush' : 'write')
      real.writeFileSync(...given)
    },
    renameSync(from: string, to: string) {
      if (disk.lockedAt !== '' && to.endsWith(disk.lockedAt) && !from.includes('.before')) {
        disk.lockedAt = ''
        fail('EACCES')
      }
      disk.calls.push('rename')
      real.renameSync(from, to)
    },
    openSync(...given: Parameters<typeof real.openSync>) {
      const file = real.openSync(...given)
      files.set(file, String(given[0]))
      return file
    },
    fsyncSync(file: number) {
      disk.calls.push(`flush ${files.get(file)}`)
      real.fsyncSync(file)
    },
  }
})

afterEach(() => Object.assign(disk, { fullAt: '', lockedAt: '', calls: [] }))

const contentsOf = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )
const filesIn = (folder: string, content: string) =>
  ['a.pdf', 'a.svg', 'a.png'].map((name) => [join(folder, name), content] as const)

describe('files that belong together', () => {
  it('are all replaced, and nothing else is left', () => {
    const folder = join(temporaryFolder(), 'new')
    writeTogether(filesIn(folder, 'old'))
    writeTogether(filesIn(folder, 'new'))
    expect(contentsOf(folder)).toEqual({ 'a.pdf': 'new', 'a.png': 'new', 'a.svg': 'new' })
  })

  it.each(['a.pdf', 'a.svg', 'a.png'])(
    'stay what they were on a disk that is full at %s, which is named',
    (name) => {
      const folder = temporaryFolder()
      writeTogether(filesIn(folder, 'old'))
      disk.fullAt = name
      expect(() => writeTogether(filesIn(folder, 'new'))).toThrow(
        `${name} cannot be written in ${folder}: no space is left on the disk (ENOSPC)`,
      )
      expect(contentsOf(folder)).toEqual({ 'a.pdf': 'old', 'a.png': 'old', 'a.svg': 'old' })
    },
  )

  it.each(['a.pdf', 'a.svg', 'a.png'])(
    'stay what they were, or nothing, where %s cannot be replaced',
    (name) => {
      for (const lastSays of [false, true]) {
        const folder = temporaryFolder()
        disk.lockedAt = name
        expect(() => writeTogether(filesIn(folder, 'new'), { lastSays })).toThrow(`${name} cannot be written`)
        expect(contentsOf(folder)).toEqual({})
        writeTogether(filesIn(folder, 'old'), { lastSays })
        disk.lockedAt = name
        expect(() => writeTogether(filesIn(folder, 'new'), { lastSays })).toThrow(`${name} cannot be written`)
        expect(contentsOf(folder)).toEqual({ 'a.pdf': 'old', 'a.png': 'old', 'a.svg': 'old' })
      }
    },
  )

  it('stay what they were where a folder has the name of one', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'a.png'))
    writeFileSync(join(folder, 'a.pdf'), 'old')
    expect(() => writeTogether(filesIn(folder, 'new'))).toThrow('a folder has its name (EISDIR)')
    expect(readdirSync(folder).sort()).toEqual(['a.pdf', 'a.png'])
    expect(readFileSync(join(folder, 'a.pdf'), 'utf8')).toBe('old')
  })

  it('are flushed before the first is renamed, and their folders after the last, new ones up to the one they were made in', () => {
    const parent = temporaryFolder()
    const folder = join(parent, 'new', 'deep')
    writeTogether(filesIn(folder, 'x'))
    expect(disk.calls).toEqual([
      ...['write and flush', 'write and flush', 'write and flush', 'rename', 'rename', 'rename'],
      ...[`flush ${folder}`, `flush ${join(parent, 'new')}`, `flush ${parent}`],
    ])
  })
})
