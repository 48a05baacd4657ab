import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { writeAtomicallySync } from '../files/write-atomically.js'
import { kernelSpec, PROJECT } from './kernelspec.js'

/** A kernel in a folder where Jupyter looks. */
export interface InstalledKernel {
  readonly name: string
  readonly title: string
  /** Its folder, which holds its kernel.json. */
  readonly folder: string
  /** Who wrote it: this project, one that is no longer where it was, or somebody else. */
  readonly owner: 'this project' | 'a project that is gone' | 'another'
}

/** What Jupyter allows as a kernel's name, in small letters. */
export const isKernelName = (name: string): boolean => /^[a-z0-9][a-z0-9._-]*$/.test(name)

/** The kernel of a name, or undefined; `folder` is where Jupyter looks for kernels. */
export const kernelAt = (folder: string, name: string): InstalledKernel | undefined => {
  const own = join(folder, name)
  if (!existsSync(own)) return undefined
  const spec = readSpec(own)
  return {
    name,
    title: typeof spec.display_name === 'string' ? spec.display_name : name,
    folder: own,
    owner: ownerOf(spec),
  }
}

/** All kernels in a folder where Jupyter looks, by name. */
export const kernelsIn = (folder: string): InstalledKernel[] => {
  const names = existsSync(folder) ? readdirSync(folder) : []
  return names.sort().flatMap((name) => {
    const kernel = existsSync(join(folder, name, 'kernel.json')) ? kernelAt(folder, name) : undefined
    return kernel ? [kernel] : []
  })
}

/**
 * Writes the kernel.json by which Jupyter starts this project's kernel from any folder, and returns its path. Which folders were
 * made for it stands in it, to be removed with it.
 *
 * @throws where it cannot be written, naming the folder; nothing is left behind
 */
export const installKernel = (folder: string, name: string, title: string): string => {
  const own = join(folder, name)
  const before = recordOf(readSpec(own))?.made ?? []
  const made = makeFolders(own)
  try {
    return writeSpec(own, title, [...before, ...made])
  } catch (error) {
    removeEmpty(made)
    throw error
  }
}

/** Removes what installKernel wrote, with the folders that it made and that are empty now; returns what else lies in the kernel's folder. */
export const uninstallKernel = ({ folder }: InstalledKernel): string[] => {
  const made = recordOf(readSpec(folder))?.made ?? []
  rmSync(join(folder, 'kernel.json'), { force: true })
  const others = readdirSync(folder)
  removeEmpty([...made, folder])
  handOver(
    made.filter((place) => place !== folder && existsSync(place)),
    dirname(folder),
  )
  return others
}

/** Leaves folders that are still in use to another kernel of this project's there, which removes them in its turn. */
const handOver = (folders: readonly string[], kernels: string): void => {
  const heir = kernelsIn(kernels).find(({ owner }) => owner === 'this project')
  if (!heir || folders.length === 0) return
  const own = recordOf(readSpec(heir.folder))?.made ?? []
  writeSpec(heir.folder, heir.title, [...folders, ...own])
}

const writeSpec = (folder: string, title: string, made: readonly string[]): string => {
  const spec = kernelSpec(title)
  const record: InstallRecord = { project: PROJECT, made }
  const content = { ...spec, metadata: { ...spec.metadata, [RECORD]: record } }
  const file = join(folder, 'kernel.json')
  writeAtomicallySync(file, `${JSON.stringify(content, null, 2)}\n`)
  return file
}

/** Under which name of kernel.json's metadata the installation is recorded. */
const RECORD = 'executable-thesis'

interface InstallRecord {
  /** The folder of the project whose kernel it is. */
  readonly project: string
  /** The folders that were made for it. */
  readonly made: readonly string[]
}

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null

const readSpec = (folder: string): Fields => {
  try {
    const spec: unknown = JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8'))
    return isFields(spec) ? spec : {}
  } catch {
    return {} // none, or none that Jupyter could read
  }
}

const recordOf = ({ metadata }: Fields): InstallRecord | undefined => {
  const record = isFields(metadata) ? metadata[RECORD] : undefined
  if (!isFields(record) || typeof record.project !== 'string' || !Array.isArray(record.made)) return undefined
  return {
    project: record.project,
    made: record.made.filter((folder): folder is string => typeof folder === 'string'),
  }
}

const ownerOf = (spec: Fields): InstalledKernel['owner'] => {
  const record = recordOf(spec)
  if (!record) return 'another'
  if (record.project === PROJECT) return 'this project'
  return existsSync(join(record.project, 'package.json')) ? 'another' : 'a project that is gone'
}

/** Makes a folder with those above it, and returns those that were not there. */
const makeFolders = (folder: string): string[] => {
  const missing: string[] = []
  for (let place = resolve(folder); !existsSync(place); place = dirname(place)) missing.unshift(place)
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    removeEmpty(missing)
    throw new Error(`${folder} cannot be made: ${error instanceof Error ? error.message : error}`)
  }
  return missing
}

/** Removes folders that are empty, those inside others first. */
const removeEmpty = (folders: readonly string[]): void => {
  for (const folder of [...new Set(folders)].sort((a, b) => b.length - a.length)) {
    try {
      rmdirSync(folder)
    } catch {
      // Gone already, or somebody else uses it by now.
    }
  }
}
