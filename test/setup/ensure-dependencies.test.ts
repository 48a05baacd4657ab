import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const SCRIPT = join(import.meta.dirname, '..', '..', 'src', 'setup', 'ensure-dependencies.mjs')

interface Lock {
  packages: Record<
    string,
    { version?: string; optional?: boolean; optionalDependencies?: Record<string, string> }
  >
}
interface Script {
  checkNodeVersion(found: string, range: string): void
  isComplete(lock: Lock): boolean
  findMismatch(wanted: Lock, installed: Lock | undefined): string | undefined
}
const { checkNodeVersion, findMismatch, isComplete }: Script = await import(SCRIPT)

const lock = (packages: Lock['packages']): Lock => ({ packages: { '': {}, ...packages } })

describe('the version of Node', () => {
  test.each(['20.19.0', '20.19.5', '20.20.0', '22.0.0', '100.1.0'])('%s is recent enough', (version) => {
    expect(() => checkNodeVersion(version, '>=20.19')).not.toThrow()
  })

  test.each(['20.18.9', '19.99.0', '8.0.0'])('%s is refused with a word on what to do', (version) => {
    expect(() => checkNodeVersion(version, '>=20.19')).toThrow(
      `this is Node ${version}, and the project needs Node 20.19 or later.`,
    )
    expect(() => checkNodeVersion(version, '>=20.19')).toThrow('What to do: install Node 20.19')
  })
})

describe('node_modules', () => {
  const wanted = lock({
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  })

  test('fits without the optional packages that the machine left out', () => {
    expect(findMismatch(wanted, lock({ 'node_modules/a': { version: '1.0.0' } }))).toBeUndefined()
  })

  test('a lockfile without the packages of other platforms is not complete', () => {
    const compiler = { version: '1.0.0', optionalDependencies: { '@a/linux': '1.0.0', '@a/mac': '1.0.0' } }
    const linux = { 'node_modules/a': compiler, 'node_modules/a/node_modules/@a/linux': { version: '1.0.0' } }
    expect(isComplete(lock(linux))).toBe(false)
    expect(isComplete(lock({ ...linux, 'node_modules/@a/mac': { version: '1.0.0' } }))).toBe(true)
  })

  test('does not fit where a package is missing, of another version, or all of it is', () => {
    expect(findMismatch(wanted, lock({}))).toBe('node_modules/a is missing')
    expect(findMismatch(wanted, lock({ 'node_modules/a': { version: '1.1.0' } }))).toBe(
      'node_modules/a is version 1.1.0, and 1.0.0 is wanted',
    )
    const other = lock({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '3.0.0' } })
    expect(findMismatch(wanted, other)).toBe('node_modules/b is version 3.0.0, and 2.0.0 is wanted')
    expect(findMismatch(wanted, undefined)).toBe('node_modules is missing or was not completed')
  })
})

describe('the command', () => {
  let project: string
  beforeEach(() => {
    const parent = join(import.meta.dirname, '..', '..', '.cache')
    mkdirSync(parent, { recursive: true })
    project = mkdtempSync(join(parent, 'setup-'))
    mkdirSync(join(project, 'src', 'setup'), { recursive: true })
    cpSync(SCRIPT, join(project, 'src', 'setup', 'ensure-dependencies.mjs'))
    writeFileSync(join(project, 'package.json'), JSON.stringify({ engines: { node: '>=20.19' } }))
    writeFileSync(
      join(project, 'package-lock.json'),
      JSON.stringify(lock({ 'node_modules/a': { version: '1.0.0' } })),
    )
  })
  afterEach(() => rmSync(project, { recursive: true, force: true }))

  /** Runs the script with a program in npm's place. */
  const run = (npm: string) => {
    const npmFile = join(project, 'npm-cli.js')
    writeFileSync(npmFile, npm)
    return spawnSync(process.execPath, [join(project, 'src', 'setup', 'ensure-dependencies.mjs')], {
      encoding: 'utf8',
      env: { ...process.env, npm_execpath: npmFile },
    })
  }

  const INSTALLING = `const fs = require('fs')
fs.appendFileSync('calls.txt', process.argv.slice(2).join(' ') + '\\n')
fs.mkdirSync('node_modules', { recursive: true })
fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json')`

  test('installs with the npm that runs it, once', () => {
    const first = run(INSTALLING)
    expect(first.stderr).toContain('node_modules is missing')
    expect(first.status).toBe(0)
    const second = run(INSTALLING)
    expect(second).toMatchObject({ status: 0, stderr: '', stdout: '' })
    expect(readFileSync(join(project, 'calls.txt'), 'utf8')).toMatch(/^ci [^\n]*\n$/)
  })

  test('installs again when the lockfile changed', () => {
    run(INSTALLING)
    writeFileSync(
      join(project, 'package-lock.json'),
      JSON.stringify(lock({ 'node_modules/a': { version: '1.2.0' } })),
    )
    expect(run(INSTALLING).stderr).toContain('node_modules/a is version 1.0.0, and 1.2.0 is wanted')
  })

  test('installs without "npm ci" what an incomplete lockfile lists, and leaves the lockfile as it is', () => {
    const a = { version: '1.0.0', optionalDependencies: { '@a/mac': '1.0.0' } }
    writeFileSync(join(project, 'package-lock.json'), JSON.stringify(lock({ 'node_modules/a': a })))
    expect(run(INSTALLING).status).toBe(0)
    expect(readFileSync(join(project, 'calls.txt'), 'utf8')).toMatch(/^install --no-save /)
  })

  test('a failing npm is reported with what was being done, why and what to do', () => {
    const { status, stderr } = run('console.error("npm says: no network"); process.exit(7)')
    expect(status).toBe(1)
    expect(stderr).toMatch(/npm says: no network\nInstalling the dependencies \(npm ci\) failed\./)
    expect(stderr).toMatch(/Why: npm ended with exit code 7\.\n {2}What to do: .*run the same command again/)
  })

  test('an npm that leaves packages out is reported', () => {
    const { status, stderr } = run('')
    expect(status).toBe(1)
    expect(stderr).toContain('Why: afterwards, node_modules is missing or was not completed.')
  })

  test('a lockfile that cannot be read is named', () => {
    writeFileSync(join(project, 'package-lock.json'), '{')
    const { status, stderr } = run(INSTALLING)
    expect(status).toBe(1)
    expect(stderr).toMatch(/Reading .*package-lock\.json failed/)
  })
})
