import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeAtomically } from '../../src/files/write-atomically.js'
import { temporaryFolder } from '../data/synthetic.js'

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
})
