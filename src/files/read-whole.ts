import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ELOOP: 'its links lead nowhere',
  EIO: 'the disk is damaged',
}

/**
 * The bytes of a file.
 *
 * @throws Error naming the file and why it cannot be read
 */
export const readBytes = (file: string): Promise<Buffer> =>
  readFile(file).catch((error: unknown) => {
    throw unread(file, error)
  })

/** The text of a file; throws as `readBytes`. */
export const readText = async (file: string): Promise<string> => (await readBytes(file)).toString()

/** As `readText`, without letting anything else have its turn. */
export function readTextSync(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw unread(file, error)
  }
}

/** Why a file cannot be read, naming it. */
function unread(file: string, error: unknown): Error {
  const { code = '', message } = error as NodeJS.ErrnoException
  const reason = code in REASONS ? `${REASONS[code]} (${code})` : message
  return Object.assign(new Error(`${file} cannot be read: ${reason}`, { cause: error }), { code })
}
