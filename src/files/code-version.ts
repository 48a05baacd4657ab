import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from './places.js'

/** Which code computes: the package's version and, in a checkout, its commit. */
export interface CodeVersion {
  readonly version: string
  /** The commit's hash; `+ changes` follows where files were edited since. */
  readonly commit?: string
  /** When the commit was made, as ISO 8601. */
  readonly date?: string
}

let known: CodeVersion | undefined

/** The version of the code, as it was when it was first asked for. */
export function codeVersion(): CodeVersion {
  known ??= readVersion(packageRoot())
  return known
}

function readVersion(root: string): CodeVersion {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const git = (...words: string[]): string | null => {
    try {
      return execFileSync('git', words, {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim()
    } catch {
      return null // no checkout, or no git
    }
  }
  // Another repository around an installed package says nothing of it.
  const isOwn = git('rev-parse', '--show-prefix') === ''
  const [commit, date] = (isOwn ? git('log', '-1', '--format=%H %cI') : null)?.split(' ') ?? []
  if (commit === undefined || date === undefined) return { version }
  const isChanged = git('status', '--porcelain', '--untracked-files=no') !== ''
  return { version, commit: isChanged ? `${commit} + changes` : commit, date }
}
