import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
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

export interface BuildOptions {
  /** Build even where a working backend is there. */
  readonly force?: boolean
  /** The wheel's file. Default: pip fetches it. */
  readonly wheel?: string
  readonly signal: AbortSignal
  /** Told what is being done, in lines. */
  say(text: string): void
}

/** A backend that works. */
export interface NativeBackend {
  readonly status: 'there' | 'built'
  /** Its module. */
  readonly entry: string
  readonly tensorflow: string
  /** On a 1024×1024 product. */
  readonly gigaflops: number
}

/**
 * Makes @tensorflow/tfjs-node work: compiles its binding against the TensorFlow library of a Python wheel, where no backend works already.
 *
 * @throws Error saying what could not be done; the backend that was built earlier stays as it was
 */
export async function buildNative(options: BuildOptions): Promise<NativeBackend> {
  const unsupported = unsupportedNode(process.versions.node)
  if (unsupported !== null) throw new Error(unsupported)
  const there = options.force ? null : await worksAlready(options)
  return there ?? build(options)
}

/** What computes where the native backend does not. */
export const withoutNative = async (): Promise<string> =>
  (await isBuilt(folders, record))
    ? 'The backend built earlier is as it was.'
    : 'Everything runs on the wasm backend.'

/** A backend that computes correctly, built earlier or installed by npm. */
async function worksAlready({ signal, say }: BuildOptions): Promise<NativeBackend | null> {
  const installed = join(project, 'node_modules', '@tensorflow', 'tfjs-node')
  const candidates = [
    { entry: join(folders.build, record.entry), present: await isBuilt(folders, record) },
    { entry: join(installed, 'dist', 'index.js'), present: existsSync(join(installed, 'deps', 'lib')) },
  ]
  for (const { entry } of candidates.filter(({ present }) => present)) {
    try {
      const { tensorflow, gigaflops } = await check(entry, project, signal)
      say(`The native backend is there and computes correctly: ${relative(project, entry)}`)
      say(`TensorFlow ${tensorflow}, ${gigaflops.toFixed(0)} GFLOP/s on a 1024×1024 product. Nothing to do.`)
      return { status: 'there', entry, tensorflow, gigaflops }
    } catch (error) {
      signal.throwIfAborted()
      const reason = error instanceof Error ? error.message : error
      say(`${relative(project, entry)} is there but does not work (${reason}), so another one is built.`)
    }
  }
  return null
}

async function build({ wheel: givenWheel, signal, say }: BuildOptions): Promise<NativeBackend> {
  const wheel = wheelFor(machine)
  const file = givenWheel ?? join(folders.root, wheel.file)
  say(
    `Building @tensorflow/tfjs-node ${tfjsNodeVersion} on TensorFlow ${tensorflowVersion} for ${record.platform}, ` +
      `in ${relative(project, folders.build)}`,
  )
  const tools = await findTools(project)
  say(`  with Node ${process.versions.node}, ${tools.versions}`)
  try {
    await prepare(folders)
    if (givenWheel === undefined) {
      await step(
        signal,
        say,
        `fetch ${wheel.requirement} with pip (${wheel.megabytes} MB) and verify its SHA-256`,
        () => downloadWheel(wheel, file, tools.python, signal),
      )
    } else await step(signal, say, `verify the SHA-256 of ${givenWheel}`, () => verifyWheel(file, wheel))
    await step(signal, say, 'unpack its library and C headers', () =>
      unpackWheel(file, folders.staging, tools.python, signal),
    )
    await step(signal, say, 'install tfjs-node from npm, without its install script', () =>
      installPackages(folders.staging, project, signal),
    )
    await step(signal, say, 'compile the binding', () =>
      compileBinding(folders.staging, tools.compiler, signal),
    )
    const { gigaflops } = await step(
      signal,
      say,
      'compare products, convolutions and gradients with references',
      () => check(join(folders.staging, record.entry), project, signal),
    )
    await publish(folders, record)
    if (givenWheel === undefined) await rm(file)
    say(
      `Done: ${gigaflops.toFixed(0)} GFLOP/s on a 1024×1024 product. The native backend is used from now on;`,
    )
    say('THESIS_BACKEND=wasm turns it off for a command, deleting .cache/native removes it.')
    return {
      status: 'built',
      entry: join(folders.build, record.entry),
      tensorflow: tensorflowVersion,
      gigaflops,
    }
  } finally {
    await rm(folders.staging, { recursive: true, force: true })
  }
}

async function step<T>(
  signal: AbortSignal,
  say: BuildOptions['say'],
  what: string,
  action: () => Promise<T>,
): Promise<T> {
  say(`  ${what} …`)
  const started = performance.now()
  try {
    const result = await action()
    say(`    done after ${((performance.now() - started) / 1000).toFixed(1)} s`)
    return result
  } catch (error) {
    signal.throwIfAborted()
    throw new Error(`could not ${what}: ${error instanceof Error ? error.message : error}`)
  }
}
