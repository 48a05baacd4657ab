// `npm run native`: makes @tensorflow/tfjs-node work where its own installer could not download its library.
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { check } from './check.js'
import { compileBinding } from './compile.js'
import { type BuildRecord, foldersOf, isBuilt, prepare, publish } from './folders.js'
import { installPackages } from './packages.js'
import {
  tensorflowVersion,
  testedNode,
  tfjsNodeVersion,
  thisMachine,
  unsupportedNode,
  wheelFor,
} from './requirements.js'
import { findTools } from './tools.js'
import { downloadWheel, unpackWheel, verifyWheel } from './wheel.js'

const help = `npm run native [-- --force] [-- --wheel FILE]

Makes @tensorflow/tfjs-node work: compiles its binding against the TensorFlow library of a Python wheel that pip fetches.
Everything is kept in .cache/native of the project; deleting that folder undoes it. Needs a C++ compiler and Python 3 with pip.

  --force        build even if a working backend is there
  --wheel FILE   take the wheel from a file instead of fetching it; its checksum is verified all the same`

const project = resolve(import.meta.dirname, '../../..')
const folders = foldersOf(project)
const machine = thisMachine()
const record: BuildRecord = {
  entry: 'entry.cjs',
  platform: `${machine.platform}-${machine.arch}`,
  node: testedNode,
  tfjsNode: tfjsNodeVersion,
  tensorflow: tensorflowVersion,
}

const controller = new AbortController()
const { signal } = controller
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => controller.abort(new Error('interrupted; nothing half-made is left behind')))
}

try {
  const { values } = parseArgs({
    options: {
      force: { type: 'boolean', default: false },
      wheel: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) console.log(help)
  else {
    const unsupported = unsupportedNode(process.versions.node)
    if (unsupported !== null) throw new Error(unsupported)
    if (values.force || !(await worksAlready())) await build(values.wheel && resolve(values.wheel))
  }
} catch (error) {
  console.error(`npm run native: ${error instanceof Error ? error.message : error}`)
  const rest = (await isBuilt(folders, record))
    ? 'The backend built earlier is as it was.'
    : 'Everything runs on the wasm backend.'
  console.error(rest)
  process.exitCode = signal.aborted ? 130 : 1
}

/** Whether a backend that computes correctly is there, built earlier or installed by npm. */
async function worksAlready(): Promise<boolean> {
  const installed = join(project, 'node_modules', '@tensorflow', 'tfjs-node')
  const candidates = [
    { entry: join(folders.build, record.entry), present: await isBuilt(folders, record) },
    { entry: join(installed, 'dist', 'index.js'), present: existsSync(join(installed, 'deps', 'lib')) },
  ]
  for (const { entry } of candidates.filter(({ present }) => present)) {
    try {
      const { tensorflow, gigaflops } = await check(entry, project, signal)
      console.log(`The native backend is there and computes correctly: ${relative(project, entry)}`)
      console.log(
        `TensorFlow ${tensorflow}, ${gigaflops.toFixed(0)} GFLOP/s on a 1024×1024 product. Nothing to do.`,
      )
      return true
    } catch (error) {
      signal.throwIfAborted()
      const reason = error instanceof Error ? error.message : error
      console.log(
        `${relative(project, entry)} is there but does not work (${reason}), so another one is built.`,
      )
    }
  }
  return false
}

async function build(givenWheel: string | undefined): Promise<void> {
  const wheel = wheelFor(machine)
  const file = givenWheel ?? join(folders.root, wheel.file)
  console.log(
    `Building @tensorflow/tfjs-node ${tfjsNodeVersion} on TensorFlow ${tensorflowVersion} for ${record.platform}, ` +
      `in ${relative(project, folders.build)}`,
  )
  const tools = await findTools(project)
  console.log(`  with Node ${process.versions.node}, ${tools.versions}`)
  try {
    await prepare(folders)
    if (givenWheel === undefined) {
      await step(`fetch ${wheel.requirement} with pip (${wheel.megabytes} MB) and verify its SHA-256`, () =>
        downloadWheel(wheel, file, tools.python, signal),
      )
    } else await step(`verify the SHA-256 of ${givenWheel}`, () => verifyWheel(file, wheel))
    await step('unpack its library and C headers', () =>
      unpackWheel(file, folders.staging, tools.python, signal),
    )
    await step('install tfjs-node from npm, without its install script', () =>
      installPackages(folders.staging, project, signal),
    )
    await step('compile the binding', () => compileBinding(folders.staging, tools.compiler, signal))
    const { gigaflops } = await step('compare products, convolutions and gradients with references', () =>
      check(join(folders.staging, record.entry), project, signal),
    )
    await publish(folders, record)
    if (givenWheel === undefined) await rm(file)
    console.log(
      `Done: ${gigaflops.toFixed(0)} GFLOP/s on a 1024×1024 product. The native backend is used from now on;`,
    )
    console.log('THESIS_BACKEND=wasm turns it off for a command, deleting .cache/native removes it.')
  } finally {
    await rm(folders.staging, { recursive: true, force: true })
  }
}

async function step<T>(what: string, action: () => Promise<T>): Promise<T> {
  process.stdout.write(`  ${what} … `)
  const started = performance.now()
  try {
    const result = await action()
    console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`)
    return result
  } catch (error) {
    console.log('failed')
    signal.throwIfAborted()
    throw new Error(`could not ${what}: ${error instanceof Error ? error.message : error}`)
  }
}
