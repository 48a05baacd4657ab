import { join } from 'node:path'
import { writeAtomically } from '../../files/write-atomically.js'
import { explorerFiles } from './explorer-files.js'

/**
 * Builds the explorer into a folder as static files; what else is there stays. The page is written last, so that it never asks for a
 * file that is not there yet.
 *
 * @returns how many files were written, and their bytes
 */
export async function writeExplorer(
  folder: string,
): Promise<{ readonly files: number; readonly bytes: number }> {
  const files = await explorerFiles()
  let bytes = 0
  for (const [path, content] of files) {
    await writeAtomically(join(folder, ...path.split('/')), content)
    bytes += content.length
  }
  return { files: files.size, bytes }
}
