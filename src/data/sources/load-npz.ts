import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { LoadedImages } from '../dataset.js'
import { imagesFromNpz } from '../npz.js'
import type { DatasetDescription } from './dataset-json.js'
import type { FolderFiles } from './folder-files.js'

/** Reads the .npz file of a folder: the one that `files.archive` names, or the only one there is. */
export async function loadNpz(files: FolderFiles, description: DatasetDescription): Promise<LoadedImages> {
  const archive = description.files?.archive ?? onlyArchive(files)
  if (!existsSync(join(files.folder, archive))) throw new Error(`${archive} missing from ${files.name}`)
  const { range, invert, classes } = description
  return imagesFromNpz(await files.read(archive), join(files.name, archive), {
    range,
    invert,
    classes: classes.length,
  })
}

function onlyArchive({ folder, name }: FolderFiles): string {
  const archives = readdirSync(folder).filter((file) => file.endsWith('.npz'))
  if (archives.length === 1) return archives[0]!
  throw new Error(
    archives.length === 0
      ? `no .npz file in ${name}`
      : `${archives.sort().join(', ')} all lie in ${name}; say which in dataset.json: "files": {"archive": …}`,
  )
}
