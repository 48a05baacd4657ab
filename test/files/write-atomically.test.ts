import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { removeAbandoned } from '../../src/files/temporary-files.js'
import { writeAtomically, writeAtomicallySync } from '../../src/files/write-atomically.js'
import { temporaryFolder } from '../data/synthetic.js'

const disk = vi.hoisted(() => ({ fails: '' }))

/** A disk on which no file can be written while `disk.fails` names a system error. */
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  const writeFile = async (...given: Parameters<typeof real.writeFile>) => {
    if (disk.fails) throw Object.assign(new Error(`${disk.fails}: system error`), { code: disk.fails })
    await real.writeFile(...given)
  }
  return { ...real, writeFile }
})

afterEach(() => {
  disk.fails = ''
})

describe('writing a file', () => {
  it('makes the folder, replaces what was there and leaves no other file', async () => {
    const folder = join(temporaryFolder(), 'a', 'b')
    await writeAtomically(join(folder, 'file'), Uint8Array.of(1, 2))
    await writeAtomically(join(folder, 'file'), Uint8Array.of(3))
    expect(readdirSync(folder)).toEqual(['file'])
    expect([...readFileSync(join(folder, 'file'))]).toEqual([3])
  })

  it('leaves neither a file nor a temporary one when it fails half-way', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'taken', 'by-a-folder'), { recursive: true })
    await expect(writeAtomically(join(folder, 'taken'), Uint8Array.of(1))).rejects.toThrow()
    expect(readdirSync(folder)).toEqual(['taken'])
  })

  it('does not mix what several writers write at once', async () => {
    const file = join(temporaryFolder(), 'file')
    const contents = Array.from({ length: 8 }, (_, i) => new Uint8Array(100_000).fill(i))
    await Promise.all(contents.map((bytes) => writeAtomically(file, bytes)))
    const written = readFileSync(file)
    expect(written.length).toBe(100_000)
    expect(written.every((byte) => byte === written[0])).toBe(true)
  })

  it('refuses a path below a file and leaves that file', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'plain'), 'x')
    await expect(writeAtomically(join(folder, 'plain', 'file'), Uint8Array.of(1))).rejects.toThrow()
    expect(readFileSync(join(folder, 'plain'), 'utf8')).toBe('x')
  })

  it.each([
    ['ENOSPC', 'no space is left on the disk (ENOSPC)'],
    ['EROFS', 'the disk is read-only (EROFS)'],
    ['EIO', 'EIO: system error'],
  ])('on a disk that fails with %s names the file, its folder and the reason', async (code, reason) => {
    const folder = temporaryFolder()
    const file = join(folder, 'file')
    await writeAtomically(file, Uint8Array.of(1))
    disk.fails = code
    const failed = writeAtomically(file, Uint8Array.of(2, 3))
    await expect(failed).rejects.toMatchObject({
      message: `file cannot be written in ${folder}: ${reason}`,
      code,
    })
    expect(readdirSync(folder)).toEqual(['file'])
    expect([...readFileSync(file)]).toEqual([1])
  })

  it('at once names the file, its folder and the reason, too', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'plain'), 'x')
    expect(() => writeAtomicallySync(join(folder, 'plain', 'file'), 'text')).toThrow(
      `file cannot be written in ${join(folder, 'plain')}: a part of its path is not a folder`,
    )
  })
})

describe('half-written files', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('go with a command that %s ends', (signal) => {
    const folder = temporaryFolder()
    const script = `
      import { begin, temporaryOf } from './src/files/temporary-files.ts'
      import { commandLine, run } from './src/commands/command-line.ts'
      import { writeFileSync } from 'node:fs'
      await run(commandLine('x', 'Writes.'), async () => {
        const file = temporaryOf(${JSON.stringify(join(folder, 'file'))})
        begin(file)
        writeFileSync(file, 'half')
        process.kill(process.pid, '${signal}')
        await new Promise((resolve) => setTimeout(resolve, 60_000))
      }, ['node', 'x'])`
    const ended = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script])
    expect([ended.status, ended.stderr.toString()]).toEqual([
      { SIGTERM: 143, SIGINT: 130, SIGHUP: 129 }[signal],
      '',
    ])
    expect(readdirSync(folder)).toEqual([])
  })

  it('of a killed process go when another writes into their folder', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, `b.png.${2 ** 31 - 1}-01234567-89ab-cdef-0123-456789abcdef.tmp`), 'half')
    await writeAtomically(join(folder, 'a.json'), Uint8Array.of(1))
    expect(readdirSync(folder)).toEqual(['a.json'])
  })

  it('are removed where their writers died, and no others', () => {
    const folder = temporaryFolder()
    const id = '01234567-89ab-cdef-0123-456789abcdef'
    const ofDead = `a.json.${2 ** 31 - 1}-${id}.tmp`
    const elsewhere = `a.json.${2 ** 31 - 1}@another.machine-${id}.tmp`
    const others = [`a.json.${process.pid}-${id}.tmp`, 'a.json', 'mine.tmp']
    for (const name of [ofDead, elsewhere, ...others]) writeFileSync(join(folder, name), 'half')
    removeAbandoned(folder)
    expect(readdirSync(folder).sort()).toEqual([...others, elsewhere].sort())
    const before = new Date(Date.now() - 61 * 60_000)
    utimesSync(join(folder, elsewhere), before, before)
    removeAbandoned(folder)
    expect(readdirSync(folder).sort()).toEqual([...others].sort())
    removeAbandoned(join(folder, 'nowhere'))
  })
})
