import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, describe, expect, it } from 'vitest'
import { loadNative, locateNative } from '../../src/backend/native.js'
import { registerDataMovement } from '../../src/network/data-movement.js'
import { type BuildRecord, foldersOf, prepare, publish } from '../../src/setup/native/folders.js'

const cache = resolve(import.meta.dirname, '../../node_modules/.cache')
mkdirSync(cache, { recursive: true })
const parent = mkdtempSync(join(cache, 'native-test-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

let projects = 0
const emptyProject = () => join(parent, `project-${projects++}`)

const record: BuildRecord = {
  entry: 'entry.cjs',
  platform: 'linux-x64',
  node: { oldest: 20, newest: 26 },
  tfjsNode: '4.22.0',
  tensorflow: '2.15.1',
}
const here = { node: '20.19.0', platform: 'linux-x64' }

async function builtProject(): Promise<string> {
  const project = emptyProject()
  await prepare(foldersOf(project))
  await publish(foldersOf(project), record)
  return project
}

function write(file: string, content = ''): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}

function installedProject(files: readonly string[]): string {
  const project = emptyProject()
  for (const file of files) write(join(project, 'node_modules/@tensorflow/tfjs-node', file))
  return project
}

const whole = ['dist/index.js', 'deps/lib/libtensorflow.so.2', 'lib/napi-v8/tfjs_binding.node']

describe('locateNative', () => {
  it('finds what npm run native publishes', async () => {
    const project = await builtProject()
    expect(locateNative(project, here)).toEqual({ entry: join(foldersOf(project).build, record.entry) })
  })

  it('finds a build on every supported Node and says in one line why not on others', async () => {
    const project = await builtProject()
    expect(locateNative(project, { ...here, node: '26.1.0' })).toHaveProperty('entry')
    for (const node of ['18.0.0', '27.0.0']) {
      expect(locateNative(project, { ...here, node })).toEqual({
        reason: `the native backend supports Node 20 to 26, and this is Node ${node}`,
      })
    }
  })

  it('does not take a build for another platform', async () => {
    const location = locateNative(await builtProject(), { ...here, platform: 'linux-arm64' })
    expect(location).toEqual({
      reason: expect.stringMatching(/built for linux-x64, and this is linux-arm64/),
    })
  })

  it('finds what npm installed whole, up to Node 22', () => {
    const project = installedProject(whole)
    const entry = join(project, 'node_modules/@tensorflow/tfjs-node/dist/index.js')
    expect(locateNative(project, here)).toEqual({ entry })
    const reason = expect.stringMatching(/does not support Node 23\.0\.0; npm run native builds it/)
    expect(locateNative(project, { ...here, node: '23.0.0' })).toEqual({ reason })
  })

  it.each([
    ['its library', whole.filter((file) => !file.startsWith('deps'))],
    ['its binding', whole.filter((file) => !file.startsWith('lib'))],
  ])('does not take a package without %s', (_, files) => {
    const reason = '@tensorflow/tfjs-node is installed without its library; npm run native builds it'
    expect(locateNative(installedProject(files), here)).toEqual({ reason })
  })

  it('says what to do where nothing is installed', () => {
    const reason = '@tensorflow/tfjs-node is not installed; npm run native builds it'
    expect(locateNative(emptyProject(), here)).toEqual({ reason })
  })

  it.each(['{"entry": "en', '{}', '[]', 'null', '{"entry": 1, "platform": "linux-x64", "node": {}}'])(
    'takes the record %s for no build',
    (content) => {
      const project = emptyProject()
      write(join(foldersOf(project).build, 'build.json'), content)
      expect(locateNative(project, here)).toEqual({ reason: expect.stringMatching(/not installed/) })
    },
  )
})

describe('loadNative', () => {
  it('passes on why a backend does not load', () => {
    const entry = join(emptyProject(), 'entry.cjs')
    write(entry, "throw new Error('no library')")
    expect(() => loadNative(entry)).toThrow('no library')
  })
})

const project = resolve(import.meta.dirname, '../..')
const location = locateNative(project)

describe.skipIf('reason' in location)('the native backend of this project', () => {
  it('becomes the current backend, differentiates nothing by itself and frees what it made', () => {
    if ('entry' in location) loadNative(location.entry)
    registerDataMovement()
    expect(tf.getBackend()).toBe('tensorflow')
    expect(tf.getGradient(tf.Add)).toBeUndefined()
    const before = tf.memory().numTensors
    const product = tf.tidy(() => tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])).dataSync())
    expect([...product]).toEqual([11])
    expect(tf.memory().numTensors).toBe(before)
  })
})
