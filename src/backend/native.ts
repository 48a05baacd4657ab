import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

/** Where the native backend is to be loaded from, or in one line why it can't be. */
export type NativeLocation = { readonly entry: string } | { readonly reason: string }

/** What decides whether a native backend works here. */
export interface Runtime {
  /** Like `20.19.0`. */
  readonly node: string
  /** Like `linux-x64`. */
  readonly platform: string
}

interface Build {
  readonly entry: string
  readonly platform: string
  readonly oldestNode: number
  readonly newestNode: number
}

/** tfjs-node as npm installs it calls functions of node:util that Node 23 removed. */
const newestNodeOfPackage = 22

const thisRuntime: Runtime = { node: process.versions.node, platform: `${process.platform}-${process.arch}` }

/** Finds the native backend of a project: the one that `npm run native` built, else the one that npm installed whole. */
export function locateNative(projectRoot: string, runtime: Runtime = thisRuntime): NativeLocation {
  const major = Number.parseInt(runtime.node, 10)
  const folder = join(projectRoot, '.cache', 'native', 'tfjs-node')
  const build = readBuild(folder)
  if (build !== null && build.platform === runtime.platform) {
    if (major >= build.oldestNode && major <= build.newestNode) return { entry: join(folder, build.entry) }
    const range = `${build.oldestNode} to ${build.newestNode}`
    return { reason: `the native backend supports Node ${range}, and this is Node ${runtime.node}` }
  }
  const installed = join(projectRoot, 'node_modules', '@tensorflow', 'tfjs-node')
  if (isWhole(installed)) {
    if (major <= newestNodeOfPackage) return { entry: join(installed, 'dist', 'index.js') }
    return {
      reason: `@tensorflow/tfjs-node does not support Node ${runtime.node}; npm run native builds it so that it does`,
    }
  }
  if (build !== null) {
    return {
      reason: `the native backend was built for ${build.platform}, and this is ${runtime.platform}; npm run native builds it anew`,
    }
  }
  const state = existsSync(installed) ? 'installed without its library' : 'not installed'
  return { reason: `@tensorflow/tfjs-node is ${state}; npm run native builds it` }
}

/** Loads a native backend that was found and makes it the current one, with gradients of its own for every operation; throws where it does not load. */
export function loadNative(entry: string): void {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '1' // no remarks on the processor's instructions; warnings and errors stay
  // By itself TensorFlow uses oneDNN on processors with AVX-512 only; with AVX2 it is several times as fast at convolutions too.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '1'
  // Parts of a batch are computed beside one another, and threads that several operations share wait for each other.
  const given = process.env.TF_NUM_INTRAOP_THREADS
  process.env.TF_NUM_INTRAOP_THREADS ??= `${Math.max(1, Math.floor(availableParallelism() / 2))}`
  createRequire(entry)(entry)
  // Read once, and not meant for the processes that this one starts.
  if (given === undefined) delete process.env.TF_NUM_INTRAOP_THREADS
}

/** The record that a finished build leaves, or null where there is none. */
function readBuild(folder: string): Build | null {
  try {
    const record: unknown = JSON.parse(readFileSync(join(folder, 'build.json'), 'utf8'))
    const node = field(record, 'node')
    const [entry, platform] = [field(record, 'entry'), field(record, 'platform')]
    const [oldestNode, newestNode] = [field(node, 'oldest'), field(node, 'newest')]
    if (typeof entry !== 'string' || typeof platform !== 'string') return null
    if (typeof oldestNode !== 'number' || typeof newestNode !== 'number') return null
    return { entry, platform, oldestNode, newestNode }
  } catch {
    return null
  }
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

/** Whether a package folder has the compiled binding and the library, which its install script would have brought. */
function isWhole(folder: string): boolean {
  const bindings = join(folder, 'lib')
  return (
    existsSync(join(folder, 'deps', 'lib')) &&
    existsSync(bindings) &&
    readdirSync(bindings).some((version) => existsSync(join(bindings, version, 'tfjs_binding.node')))
  )
}
