import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readTextSync } from './read-whole.js'

/** The file that seals a folder's files, as `sha256sum * > SHA256SUMS` writes it. */
export const SUMS = 'SHA256SUMS'

/**
 * The SHA-256 of files by name, as a folder's SHA256SUMS has them; null where there is none.
 *
 * @throws Error naming the line that is no checksum
 */
export function readSums(folder: string): ReadonlyMap<string, string> | null {
  const file = join(folder, SUMS)
  if (!existsSync(file)) return null
  const lines = readTextSync(file).split(/\r?\n/)
  const sums = new Map<string, string>()
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue
    const { sum, name } = /^(?<sum>[0-9a-f]{64}) [ *](?:\.\/)?(?<name>\S.*)$/i.exec(line)?.groups ?? {}
    if (sum === undefined || name === undefined)
      throw new Error(
        `${file}, line ${i + 1} is ${JSON.stringify(line.slice(0, 80))}; it must be 64 hexadecimal digits and the name of a file`,
      )
    sums.set(name, sum.toLowerCase())
  }
  return sums
}

/** The SHA-256 of a text with the line ends of Unix, whatever Git made of them. */
export const sumOf = (text: string): string =>
  createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')
