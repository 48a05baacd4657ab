import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { isJsonObject, type JsonObject, parseJson } from './json.js'

const PROJECT = resolve(fileURLToPath(new URL('../..', import.meta.url)))

/**
 * By what a notebook is run: the git commit of the project, whether files that git knows were changed since, and the versions of
 * Node and the project. Commit and change are null where the project is no git checkout of its own, or git is missing.
 */
export const runVersions = async (): Promise<JsonObject> => {
  const manifest = parseJson(readFileSync(join(PROJECT, 'package.json'), 'utf8'))
  const project = isJsonObject(manifest) ? (manifest.version ?? null) : null
  return { ...(await commitOf(PROJECT)), node: process.versions.node, project }
}

const commitOf = async (folder: string): Promise<JsonObject> => {
  try {
    const [prefix, commit = ''] = (await git(folder, 'rev-parse', '--show-prefix', 'HEAD')).split('\n')
    // Below the top of a checkout lies a copy of the project, of which that commit says nothing.
    if (prefix === '') {
      const changes = await git(folder, 'status', '--porcelain', '--untracked-files=no')
      return { commit, changed: changes !== '' }
    }
  } catch {
    // No git, or no checkout.
  }
  return { commit: null, changed: null }
}

const git = async (folder: string, ...words: string[]): Promise<string> =>
  (
    await promisify(execFile)('git', words, {
      cwd: folder,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
    })
  ).stdout
