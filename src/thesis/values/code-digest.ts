import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { relative } from 'node:path'
import { workingRoot } from '../../files/places.js'
import { type Code, codeOf } from './code-of.js'
import { resolveImport } from './resolve-import.js'

/** What tells one state of some code from another. */
export interface CodeDigest {
  /** SHA-256 of the code, in hexadecimal. */
  readonly digest: string
  /** The source files that it is over, sorted. */
  readonly files: readonly string[]
  /** When the last of them was changed, in milliseconds since 1970. */
  readonly changed: number
}

interface KnownFile {
  readonly state: string
  readonly changed: number
  readonly code: Promise<Code>
}

const known = new Map<string, KnownFile>()

/**
 * The digest of source files and of everything that they import, directly or through another: files by their code, packages by
 * name and version. Types, comments, layout and the presentation of a definition (its title, short title, style and colour) do
 * not count.
 *
 * @throws Error when one of the files does not exist
 */
export async function codeDigest(...entries: readonly string[]): Promise<CodeDigest> {
  const files = new Map<string, KnownFile & { readonly code: Promise<Code> }>()
  const packages = new Set<string>()
  const visit = async (file: string): Promise<void> => {
    if (files.has(file)) return
    const found = await knownFile(file)
    if (files.has(file)) return
    files.set(file, found)
    const { imports } = await found.code
    await Promise.all(
      imports.map(async (specifier) => {
        const resolved = resolveImport(specifier, file)
        if ('file' in resolved) await visit(resolved.file)
        else packages.add(resolved.name)
      }),
    )
  }
  await Promise.all(entries.map(visit))
  const root = workingRoot()
  const sorted = [...files.keys()].sort()
  const hash = createHash('sha256')
  for (const file of sorted) {
    const { text } = await files.get(file)!.code
    hash.update(`${JSON.stringify([relative(root, file).replaceAll('\\', '/'), text])}\n`)
  }
  hash.update(JSON.stringify([...packages].sort()))
  return {
    digest: hash.digest('hex'),
    files: sorted,
    changed: Math.max(...[...files.values()].map(({ changed }) => changed)),
  }
}

/** A file's code, read anew where the file has changed since it was last read. */
async function knownFile(file: string): Promise<KnownFile> {
  const { mtimeMs, ctimeMs, size } = await stat(file)
  const state = `${mtimeMs} ${ctimeMs} ${size}`
  const before = known.get(file)
  if (before?.state === state) return before
  const code = readFile(file, 'utf8').then((text) => codeOf(text, file))
  // A copied file may carry an old time of modification; the time of its arrival cannot be set.
  const read = { state, changed: Math.max(mtimeMs, ctimeMs), code }
  known.set(file, read)
  return read
}
