import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { KernelClient } from '../../src/runner/kernel-client.js'
import { readKernelSpec } from '../../src/runner/kernel-spec.js'
import { temporaryFolder } from '../runner/notebooks.js'

const PROJECT = join(import.meta.dirname, '..', '..')
const COMMAND = join(PROJECT, 'src', 'commands', 'kernel.ts')

const folder = temporaryFolder()
const elsewhere = mkdtempSync(join(tmpdir(), 'k-'))
afterAll(() => {
  folder.remove()
  rmSync(elsewhere, { recursive: true, force: true })
})

let homes = 0
/** A home of its own, and the command with it. */
const machine = (variables: Readonly<Record<string, string>> = {}) => {
  const home = join(folder.path, `home-${++homes}`)
  mkdirSync(home)
  const { JUPYTER_DATA_DIR: _, JUPYTER_PATH: __, XDG_DATA_HOME: ___, VIRTUAL_ENV: ____, ...env } = process.env
  return {
    home,
    kernel: (...words: string[]) => {
      const run = spawnSync(process.execPath, ['--import', 'tsx', COMMAND, ...words], {
        cwd: PROJECT,
        encoding: 'utf8',
        env: { ...env, HOME: home, USERPROFILE: home, APPDATA: home, INIT_CWD: elsewhere, ...variables },
      })
      return { code: run.status, said: `${run.stdout}${run.stderr}`.trim() }
    },
  }
}

/** All files and folders below a folder. */
const everything = (place: string): string[] => readdirSync(place, { recursive: true }).map(String).sort()

const onLinux = test.runIf(process.platform === 'linux')

onLinux('a kernel that was installed runs from any folder, and uninstalling it leaves nothing', async () => {
  const { home, kernel } = machine()
  expect(kernel('install')).toMatchObject({ code: 0 })
  const installed = join(home, '.local', 'share', 'jupyter', 'kernels', 'tslab-thesis')
  const spec = JSON.parse(readFileSync(join(installed, 'kernel.json'), 'utf8'))
  expect(spec).toMatchObject({ display_name: 'TypeScript (thesis)', language: 'typescript' })
  expect(spec.argv.slice(0, 2).map(isAbsolute)).toEqual([true, true])
  const client = await KernelClient.start({ spec: readKernelSpec(installed), folder: elsewhere })
  try {
    const shown: unknown[] = []
    const reply = await client.execute('const one: number = 1\none + 1', ({ type, content }) => {
      if (type === 'execute_result') shown.push(content.data)
    })
    expect(reply.status).toBe('ok')
    expect(JSON.stringify(shown)).toContain('2')
  } finally {
    await client.shutdown()
  }
  expect(readdirSync(elsewhere)).toEqual([])
  expect(kernel('uninstall')).toMatchObject({ code: 0 })
  expect(everything(home)).toEqual([])
})

onLinux('the last of several kernels takes along the folders that the first had made', () => {
  const { home, kernel } = machine()
  for (const name of ['first', 'second']) kernel('install', '--name', name)
  for (const name of ['first', 'second']) kernel('uninstall', '--name', name)
  expect(everything(home)).toEqual([])
})

onLinux('folders that were there before stay, and so does what others put beside it', () => {
  const { home, kernel } = machine()
  const kernels = join(home, '.local', 'share', 'jupyter', 'kernels')
  mkdirSync(join(home, '.local', 'share'), { recursive: true })
  kernel('install', '--name', 'mine', '--display-name', 'Mine')
  kernel('install', '--name', 'second')
  writeFileSync(join(kernels, 'second', 'logo-64x64.png'), 'png')
  expect(kernel('list').said).toMatch(
    /^mine +Mine +\S+ +\(this project\)\nsecond +TypeScript \(thesis\) +\S+ +\(this project\)/m,
  )
  expect(kernel('uninstall', '--name', 'mine').said).toBe(
    '"Mine" (mine) is uninstalled from ~/.local/share/jupyter/kernels',
  )
  expect(kernel('uninstall', '--name', 'second').said).toContain(
    'with what was put there since: logo-64x64.png',
  )
  expect(readdirSync(join(kernels, 'second'))).toEqual(['logo-64x64.png'])
  expect(everything(home)).toContain('.local/share')
})

test('JUPYTER_DATA_DIR says where', () => {
  const data = join(folder.path, 'data')
  const { home, kernel } = machine({ JUPYTER_DATA_DIR: data })
  expect(kernel('install').code).toBe(0)
  expect(readdirSync(join(data, 'kernels'))).toEqual(['tslab-thesis'])
  expect(kernel('install').code).toBe(0)
  expect(kernel('uninstall').code).toBe(0)
  expect([existsSync(data), everything(home)]).toEqual([false, []])
})

test('--prefix names a Python environment, from where the caller stands, and --sys-prefix is the active one', () => {
  const { home, kernel } = machine({ VIRTUAL_ENV: join(elsewhere, 'active') })
  expect(kernel('install', '--prefix', 'environment').code).toBe(0)
  expect(kernel('install', '--sys-prefix').code).toBe(0)
  const at = (name: string) =>
    join(elsewhere, name, 'share', 'jupyter', 'kernels', 'tslab-thesis', 'kernel.json')
  expect([existsSync(at('environment')), existsSync(at('active'))]).toEqual([true, true])
  expect(kernel('list').said).toContain('active/share/jupyter/kernels/tslab-thesis')
  expect(kernel('uninstall', '--prefix', join(elsewhere, 'environment')).code).toBe(0)
  expect(kernel('uninstall', '--sys-prefix').code).toBe(0)
  expect([readdirSync(elsewhere), everything(home)]).toEqual([[], []])
})

test("a kernel of another project's is neither replaced nor removed", () => {
  const data = join(folder.path, 'foreign')
  const foreign = join(data, 'kernels', 'tslab-thesis')
  mkdirSync(foreign, { recursive: true })
  writeFileSync(join(foreign, 'kernel.json'), '{"argv": ["deno"], "display_name": "Deno"}')
  const { kernel } = machine({ JUPYTER_DATA_DIR: data })
  for (const action of ['install', 'uninstall']) {
    const { code, said } = kernel(action)
    expect([code, said]).toEqual([
      2,
      expect.stringContaining('holds a kernel that another project installed'),
    ])
  }
  expect(readFileSync(join(foreign, 'kernel.json'), 'utf8')).toContain('Deno')
})

test('a kernel of a project that is gone is replaced and removed', () => {
  const data = join(folder.path, 'gone')
  const { kernel } = machine({ JUPYTER_DATA_DIR: data })
  kernel('install')
  const file = join(data, 'kernels', 'tslab-thesis', 'kernel.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/"project": ".*"/, '"project": "/no/such/project"'))
  expect(kernel('list').said).toContain('(a project that is gone)')
  expect(kernel('uninstall').code).toBe(0)
  expect(existsSync(data)).toBe(false)
})

test.each([
  [[], /missing required argument 'action'/],
  [['remove'], /Allowed choices are install, uninstall, list/],
  [['uninstall'], /There is no kernel "tslab-thesis" in/],
  [['install', '--name', 'My Kernel'], /--name is "My Kernel": it must be of small letters/],
  [['install', '--user', '--prefix', 'x'], /--user, --prefix and --sys-prefix exclude one another/],
  [['install', '--sys-prefix'], /VIRTUAL_ENV and CONDA_PREFIX are not set/],
])('%j ends with 2, and one line that says why', (words, line) => {
  const { home, kernel } = machine({ CONDA_PREFIX: '' })
  const { code, said } = kernel(...words)
  expect([code, said.split('\n').length]).toEqual([2, 1])
  expect(said).toMatch(line)
  expect(everything(home)).toEqual([])
})

test('a folder that cannot be made is named, and nothing is left behind', () => {
  const { kernel } = machine()
  writeFileSync(join(elsewhere, 'file'), '')
  const { code, said } = kernel('install', '--prefix', 'file/environment')
  rmSync(join(elsewhere, 'file'))
  expect([code, said.split('\n').length]).toEqual([1, 1])
  expect(said).toContain('cannot be made')
})
