import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Wheel } from './requirements.js'
import { run } from './run.js'

/** The libraries and, of the headers, what tfjs-node's binding includes. */
const needed = [
  'tensorflow/libtensorflow_cc.so.2',
  'tensorflow/libtensorflow_framework.so.2',
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/platform/ctstring',
  'tensorflow/include/tsl/c/',
  'tensorflow/include/tsl/platform/ctstring',
]

// Python's zipfile compares the checksum of every member that it extracts.
const unpacker = `
import sys, zipfile
wheel, folder, *needed = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if name.startswith(tuple(needed)):
            archive.extract(name, folder)
`

/**
 * Compares a file with the wheel it should be.
 *
 * @throws naming the file and both checksums
 */
export async function verifyWheel(file: string, wheel: Wheel): Promise<void> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  const sha256 = hash.digest('hex')
  if (sha256 !== wheel.sha256) {
    throw new Error(
      `${file} is not the wheel it should be: its SHA-256 is ${sha256}, expected ${wheel.sha256}`,
    )
  }
}

/**
 * Downloads a wheel with pip, from the index that the user configured, unless `target` holds it already.
 *
 * @throws where pip fails or the file is not the pinned one; `target` is then left as it was
 */
export async function downloadWheel(
  wheel: Wheel,
  target: string,
  python: string,
  signal?: AbortSignal,
): Promise<void> {
  if (existsSync(target)) {
    try {
      return await verifyWheel(target, wheel)
    } catch {
      await rm(target)
    }
  }
  const folder = `${dirname(target)}/download-${process.pid}`
  await mkdir(folder, { recursive: true })
  try {
    const where = ['--no-deps', '--no-cache-dir', '--only-binary=:all:', `--dest=${folder}`]
    const words = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', ...where, ...wheel.tags]
    // pip unpacks and downloads in a temporary folder, which is kept inside the project too.
    const env = { TMPDIR: folder, PYTHONDONTWRITEBYTECODE: '1' }
    await run(python, [...words, wheel.requirement], { cwd: folder, env, ...(signal && { signal }) })
    const file = join(folder, wheel.file)
    if (!existsSync(file)) throw new Error(`pip downloaded something else than ${wheel.file}`)
    await verifyWheel(file, wheel)
    await rename(file, target)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Unpacks the libraries and headers of a verified wheel below `folder`, as `tensorflow/…`. */
export async function unpackWheel(file: string, folder: string, python: string, signal?: AbortSignal) {
  await run(python, ['-c', unpacker, file, folder, ...needed], { cwd: folder, ...(signal && { signal }) })
}
