import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findBrowser } from '../../../src/setup/lab/browser.js'
import { hasDisplay } from '../../../src/setup/lab/display.js'
import { labEnvironment } from '../../../src/setup/lab/environment.js'
import { environmentFolders, stateFolders } from '../../../src/setup/lab/folders.js'
import { isInstalled, readRequirements } from '../../../src/setup/lab/install.js'
import { findPython } from '../../../src/setup/lab/python.js'
import { publishedAddress } from '../../../src/setup/lab/server.js'
import { writeSettings } from '../../../src/setup/lab/settings.js'

const project = join(import.meta.dirname, '..', '..', '..')
let folder: string
beforeEach(() => {
  const parent = join(project, '.cache')
  mkdirSync(parent, { recursive: true })
  folder = mkdtempSync(join(parent, 'lab-unit-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const program = (name: string, lines: string): string => {
  const file = join(folder, name)
  writeFileSync(file, `#!/bin/sh\n${lines}\n`, { mode: 0o755 })
  return file
}

describe('the requirements', () => {
  const text = readFileSync(join(project, 'src/setup/lab/requirements.txt'), 'utf8')

  test('pin every package by version and hash', () => {
    const entries = text.split(/\n(?=\S)/).filter((entry) => entry.trim() !== '')
    expect(entries.length).toBeGreaterThan(50)
    for (const entry of entries)
      expect(entry).toMatch(/^[\w.-]+==\S+( ; .+?)? \\\n\s+--hash=sha256:[0-9a-f]{64}/)
    expect(text).not.toContain('://')
  })

  test('hold what requirements.in asks for', () => {
    const wanted =
      readFileSync(join(project, 'src/setup/lab/requirements.in'), 'utf8').match(/^[^#\s]+$/gm) ?? []
    expect(wanted.map((requirement) => requirement.split('==')[0])).toEqual([
      'jupyterlab',
      'jupyterlab-widgets',
      'plotly',
    ])
    for (const requirement of wanted) expect(text).toContain(`${requirement} \\\n`)
  })
})

test('a project without an environment, or with another one, has nothing installed', async () => {
  const folders = environmentFolders(folder)
  const requirements = await readRequirements()
  expect(await isInstalled(folders, requirements)).toBe(false)
  mkdirSync(folders.environment, { recursive: true })
  writeFileSync(folders.record, JSON.stringify({ ...requirements, sha256: 'other' }))
  expect(await isInstalled(folders, requirements)).toBe(false)
  writeFileSync(folders.record, JSON.stringify(requirements)) // a record whose Python is gone
  expect(await isInstalled(folders, requirements)).toBe(false)
})

test('JupyterLab keeps everything inside the state folder, whatever the user has set', () => {
  const user = {
    HOME: '/home/reader',
    PYTHONPATH: '/elsewhere',
    VIRTUAL_ENV: '/elsewhere',
    JUPYTER_CONFIG_PATH: '/elsewhere',
    JUPYTER_DATA_DIR: '/elsewhere',
    JUPYTERLAB_DIR: '/elsewhere',
  }
  const { HOME, ...env } = labEnvironment(stateFolders(folder), user)
  expect(HOME).toBe('/home/reader')
  expect(Object.values(env).filter((value) => value === '/elsewhere')).toEqual([])
  for (const name of ['CONFIG_DIR', 'DATA_DIR', 'RUNTIME_DIR']) {
    expect(env[`JUPYTER_${name}`]).toContain(folder)
  }
  for (const name of ['JUPYTERLAB_SETTINGS_DIR', 'JUPYTERLAB_WORKSPACES_DIR', 'IPYTHONDIR']) {
    expect(env[name]).toContain(folder)
  }
})

test("the project's kernels come before those of the user's JUPYTER_PATH", () => {
  const { JUPYTER_PATH } = labEnvironment(stateFolders(folder), { JUPYTER_PATH: '/of/the/user' })
  expect(JUPYTER_PATH).toMatch(/\.jupyter.\/of\/the\/user$/)
})

test('settings are written once, and again where they change', async () => {
  const state = stateFolders(folder)
  const settings = { root: folder, openAt: 'notebooks/a b.ipynb', hasDisplay: false, isRoot: false }
  await writeSettings(state, settings)
  const file = join(state.config, 'jupyter_lab_config.json')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    ServerApp: { root_dir: folder, open_browser: false, allow_root: false },
    LabApp: { default_url: '/lab/tree/notebooks/a%20b.ipynb' },
  })
  utimesSync(file, 1000, 1000)
  await writeSettings(state, settings)
  expect(statSync(file).mtimeMs).toBe(1_000_000)
  await writeSettings(state, { ...settings, hasDisplay: true })
  expect(readFileSync(file, 'utf8')).toContain('"open_browser": true')
})

test('a display is one before the user', () => {
  expect(hasDisplay({}, 'linux')).toBe(false)
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true)
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
  expect(hasDisplay({}, 'darwin')).toBe(true)
  expect(hasDisplay({ SSH_CONNECTION: 'a b' }, 'darwin')).toBe(false)
  expect(hasDisplay({ DISPLAY: ':0', CI: 'true' }, 'linux')).toBe(false)
})

describe.skipIf(process.platform === 'win32')('Python', () => {
  test('is refused with what is missing: too old, without venv, not there', async () => {
    const old = program('old', 'echo 3.9.6')
    await expect(findPython(folder, { PYTHON: old })).rejects.toThrow(
      'is Python 3.9.6, and 3.10 or later is needed',
    )
    const bare = program('bare', 'case "$2" in *ensurepip*) exit 1;; *) echo 3.12.1;; esac')
    await expect(findPython(folder, { PYTHON: bare })).rejects.toThrow('apt install python3-venv')
    await expect(findPython(folder, { PYTHON: join(folder, 'none') })).rejects.toThrow('no Python answers')
  })

  test('is taken where it is recent and makes environments', async () => {
    const good = program('good', 'echo 3.14.0')
    expect(await findPython(folder, { PYTHON: good })).toEqual({ program: good, version: '3.14.0' })
  })
})

test("a server's address is known once its own file is whole", async () => {
  expect(await publishedAddress(join(folder, 'none'), 7)).toBeNull()
  const file = join(folder, 'jpserver-7.json')
  writeFileSync(file, '{"url": "http://local')
  expect(await publishedAddress(folder, 7)).toBeNull()
  writeFileSync(file, '{"url": "http://localhost:1/", "token": "t", "pid": 7}')
  expect(await publishedAddress(folder, 8)).toBeNull()
  expect(await publishedAddress(folder, 7)).toEqual({ url: 'http://localhost:1/', token: 't' })
})

test('a browser is the one that CHROME names, or one on the path', () => {
  const chromium = program('chromium', 'exit 0')
  expect(findBrowser({ PATH: folder })).toBe(chromium)
  expect(findBrowser({ PATH: '', CHROME: chromium })).toBe(chromium)
  expect(findBrowser({ PATH: folder, CHROME: join(folder, 'none') })).toBeNull()
})
