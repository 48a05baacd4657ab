import { copyFileSync, linkSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { flushFoldersSync } from './flush-folders.js'
import { begin, finish, removeAbandonedOnce, removeQuietly, temporaryOf } from './temporary-files.js'
import { unwritten } from './unwritten.js'

/** A file to be written: its path and what it is to hold. */
export type Content = readonly [file: string, content: string | Uint8Array]

/** A file on its way: what it is to become, the whole new one beside it, and the old one under a second name. */
interface Step {
  readonly file: string
  readonly content: string | Uint8Array
  readonly temporary: string
  readonly before: string
}

/**
 * Writes files that belong together, all of them or none: each is whole under a temporary name before the first is renamed, and
 * when one cannot be renamed, those before it are what they were.
 *
 * @param options.lastSays whether the last file says by its presence that all are whole; it goes before the others are replaced
 * @throws Error naming the file, its folder and why it cannot be written, such as a full disk
 */
export function writeTogether(
  files: readonly Content[],
  { lastSays = false }: { readonly lastSays?: boolean } = {},
): void {
  const steps = files.map(
    ([file, content]): Step => ({
      file,
      content,
      temporary: temporaryOf(file),
      before: temporaryOf(file),
    }),
  )
  const names = steps.flatMap(({ temporary, before }) => [temporary, before])
  for (const name of names) begin(name)
  try {
    const folders = new Map(steps.map(({ file }) => [dirname(file), undefined as string | undefined]))
    each(steps, (step) => prepare(step, folders))
    const replaced: (() => void)[] = []
    try {
      if (lastSays) each(steps.slice(-1), (step) => replaced.push(takeAway(step)))
      each(steps, (step) => replaced.push(replace(step)))
    } catch (error) {
      for (const putBack of replaced.reverse()) putBack()
      throw error
    }
    for (const [folder, made] of folders) flushFoldersSync(folder, made)
  } finally {
    for (const name of names) {
      removeQuietly(name)
      finish(name)
    }
  }
}

/** Does something for each file; what goes wrong names the file. */
function each(steps: readonly Step[], act: (step: Step) => void): void {
  for (const step of steps) {
    try {
      act(step)
    } catch (error) {
      throw unwritten(step.file, error)
    }
  }
}

function prepare({ file, content, temporary }: Step, folders: Map<string, string | undefined>): void {
  const folder = dirname(file)
  folders.set(folder, mkdirSync(folder, { recursive: true }) ?? folders.get(folder))
  removeAbandonedOnce(folder)
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw Object.assign(new Error('a folder has its name'), { code: 'EISDIR' })
  writeFileSync(temporary, content, { flag: 'wx', flush: true })
}

/** @returns what takes the replacement back */
function replace({ file, temporary, before }: Step): () => void {
  const isNew = !isThere(file)
  if (!isNew) keep(file, before)
  renameSync(temporary, file)
  return () => (isNew ? removeQuietly(file) : renameSync(before, file))
}

/** @returns what puts the file back */
function takeAway({ file, before }: Step): () => void {
  if (!isThere(file)) return () => {}
  keep(file, before)
  rmSync(file)
  return () => renameSync(before, file)
}

/** Gives a file a second name. */
function keep(file: string, before: string): void {
  try {
    linkSync(file, before)
  } catch {
    copyFileSync(file, before) // This file system knows no second names.
  }
}

const isThere = (file: string): boolean => statSync(file, { throwIfNoEntry: false }) !== undefined
