import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from './run.js'

/** The version of Node's C interface that the binding is compiled for: the newest one of which tfjs-node 4.22 knows. */
const napi = 8

const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']

/**
 * Compiles tfjs-node's binding in `folder` against the TensorFlow library unpacked there, and moves both to where tfjs-node looks.
 *
 * @throws with the compiler's last words
 */
export async function compileBinding(folder: string, compiler: string, signal?: AbortSignal): Promise<void> {
  const tfjsNode = join(folder, 'node_modules', '@tensorflow', 'tfjs-node')
  const lib = join(tfjsNode, 'deps', 'lib')
  const output = join(tfjsNode, 'lib', `napi-v${napi}`)
  await mkdir(lib, { recursive: true })
  await mkdir(output, { recursive: true })
  for (const library of libraries) {
    await rename(join(folder, 'tensorflow', library), join(lib, library))
  }
  const sources = await readdir(join(tfjsNode, 'binding'))
  await run(
    compiler,
    [
      ...['-std=c++17', '-O2', '-fPIC', '-shared', '-s', `-DNAPI_VERSION=${napi}`],
      `-I${join(folder, 'node_modules', 'node-api-headers', 'include')}`,
      `-I${join(folder, 'tensorflow', 'include')}`,
      ...sources.filter((name) => name.endsWith('.cc')).map((name) => join(tfjsNode, 'binding', name)),
      ...['-o', join(output, 'tfjs_binding.node'), `-L${lib}`, ...libraries.map((name) => `-l:${name}`)],
      // An rpath instead of a runpath, so that no LD_LIBRARY_PATH puts another library in place of the verified one.
      ...['-Wl,-rpath,$ORIGIN/../../deps/lib', '-Wl,--disable-new-dtags'],
    ],
    { cwd: folder, env: { TMPDIR: folder }, ...(signal && { signal }) },
  )
  await rm(join(folder, 'tensorflow'), { recursive: true })
}
