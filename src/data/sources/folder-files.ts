import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readBytes } from '../../files/read-whole.js'

/** Reads files of a dataset's folder and holds them against the checksums that are known. */
export class FolderFiles {
  /**
   * @param folder where the files lie
   * @param name the folder as errors call it
   * @param checksums SHA-256 in hexadecimal by file name
   * @throws Error naming a file that has a checksum and is not there
   */
  constructor(
    readonly folder: string,
    readonly name: string,
    private readonly checksums: Readonly<Record<string, string>> = {},
  ) {
    const absent = Object.keys(checksums).find((file) => !existsSync(join(folder, file)))
    if (absent !== undefined)
      throw new Error(`${join(name, absent)} is missing; "checksums" in dataset.json names it`)
  }

  /** The bytes of a file; throws an Error naming it when its checksum is another than the known one. */
  async read(file: string): Promise<Uint8Array> {
    const bytes = await readBytes(join(this.folder, file))
    const expected = this.checksums[file]?.toLowerCase()
    if (expected === undefined) return bytes
    const found = createHash('sha256').update(bytes).digest('hex')
    if (found === expected) return bytes
    throw new Error(
      `${join(this.name, file)}: its SHA-256 is ${found}, and "checksums" in dataset.json says ${expected}`,
    )
  }
}
