import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isRunning } from '../../files/is-running.js'

/** What stands in a finished build's `build.json`; its presence says that the build was tested as a whole. */
export interface BuildRecord {
  /** Which file of the build to load. */
  readonly entry: string
  readonly platform: string
  /** Major versions of Node that the build supports, both included. */
  readonly node: { readonly oldest: number; readonly newest: number }
  readonly tfjsNode: string
  readonly tensorflow: string
}

/** The folders of the native backend, all below the project's `.cache/native`. */
export interface Folders {
  readonly root: string
  /** The finished build. */
  readonly build: string
  /** Where this process builds; as deep as the finished build, so that Node finds the same packages from both. */
  readonly staging: string
}

const gigabytesNeeded = 2

export function foldersOf(project: string): Folders {
  const root = join(project, '.cache', 'native')
  return { root, build: join(root, 'tfjs-node'), staging: join(root, `building-${process.pid}`) }
}

/**
 * Makes the staging folder, after removing what builds that were killed left behind.
 *
 * @throws where the disk has no room for a build
 */
export async function prepare({ root, staging }: Folders): Promise<void> {
  await mkdir(root, { recursive: true })
  for (const name of await readdir(root)) {
    const pid = /^(?:building|replaced|download)-(\d+)$/.exec(name)?.[1]
    if (pid !== undefined && !isRunning(Number(pid)))
      await rm(join(root, name), { recursive: true, force: true })
  }
  const { bavail, bsize } = await statfs(root)
  const gigabytes = (bavail * bsize) / 1e9
  if (gigabytes < gigabytesNeeded) {
    throw new Error(
      `${root} has ${gigabytes.toFixed(1)} GB of room; a build needs ${gigabytesNeeded} GB for a while`,
    )
  }
  await rm(staging, { recursive: true, force: true })
  await mkdir(staging)
}

/** Puts the staging folder in the finished build's place. */
export async function publish({ root, build, staging }: Folders, record: BuildRecord): Promise<void> {
  await writeFile(join(staging, 'build.json'), `${JSON.stringify(record, null, 2)}\n`)
  const replaced = join(root, `replaced-${process.pid}`)
  if (existsSync(build)) await rename(build, replaced)
  await rename(staging, build)
  await rm(replaced, { recursive: true, force: true })
}

/** Whether a finished build is there that was made as `record` says. */
export async function isBuilt({ build }: Folders, record: BuildRecord): Promise<boolean> {
  try {
    const found: unknown = JSON.parse(await readFile(join(build, 'build.json'), 'utf8'))
    return JSON.stringify(found) === JSON.stringify(record)
  } catch {
    return false // no record, or one that a build would not have written
  }
}
