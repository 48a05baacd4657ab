import { basename, dirname } from 'node:path'

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'it would be larger than files may be here',
  EROFS: 'the disk is read-only',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ENOTDIR: 'a part of its path is not a folder',
  EEXIST: 'a part of its path is not a folder',
  EISDIR: 'a folder has its name',
}

const codeOf = (error: unknown): unknown => (error as Partial<NodeJS.ErrnoException> | null)?.code

/** Why a file cannot be written, naming it and its folder. */
export function unwritten(file: string, error: unknown): Error {
  const code = String(codeOf(error) ?? '')
  const reason = REASONS[code] ?? (error instanceof Error ? error.message : String(error))
  const message = `${basename(file)} cannot be written in ${dirname(file)}: ${reason}${code in REASONS ? ` (${code})` : ''}`
  return Object.assign(new Error(message, { cause: error }), { code })
}
