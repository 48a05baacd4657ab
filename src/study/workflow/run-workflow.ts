import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { workingRoot } from '../../files/places.js'
import { workflowFolder, workflowPython } from './environment.js'

const folderOfProfiles = (): string => join(workflowFolder(), 'profiles')

/** The profiles that are shipped. */
export const workflowProfiles = (): string[] =>
  existsSync(folderOfProfiles()) ? readdirSync(folderOfProfiles()).sort() : []

/**
 * The folder of a profile, given its name or its absolute path.
 *
 * @throws Error naming the profiles there are
 */
export function workflowProfile(name: string): string {
  const folder = isAbsolute(name) ? name : join(folderOfProfiles(), name)
  if (existsSync(join(folder, 'config.yaml'))) return folder
  throw new Error(
    isAbsolute(name)
      ? `${name} is no profile: it has no config.yaml`
      : `there is no profile '${name}'; there are ${workflowProfiles().join(', ')}`,
  )
}

/**
 * Runs the workflow of a planned study with Snakemake, in the project's folder.
 *
 * @param profile the folder of a profile, which says where cells run
 * @param more what Snakemake is told besides, e.g. `['--dry-run']`
 * @returns Snakemake's exit code
 * @throws Error where it is not installed
 */
export async function runWorkflow(study: string, profile: string, more: readonly string[]): Promise<number> {
  const root = workingRoot()
  const python = await workflowPython(root)
  if (python === null)
    throw new Error(
      'Snakemake is not installed, or in other versions than are pinned now; npm run study -- install-workflow installs it',
    )
  const words = [
    ...['-m', 'snakemake', '--snakefile', join(workflowFolder(), 'Snakefile')],
    ...['--profile', profile, '--workflow-profile', 'none', '--config', `study=${study}`, ...more],
  ]
  // What Snakemake keeps of its own stays in the project.
  const env = {
    ...process.env,
    PYTHONNOUSERSITE: '1',
    XDG_CACHE_HOME: join(root, '.cache', 'study', 'cache'),
  }
  const child = spawn(python, words, { cwd: root, env, stdio: 'inherit' })
  // A terminal interrupts both; Snakemake ends its jobs, and this process waits for that.
  const stay = () => {}
  const stop = () => child.kill('SIGTERM')
  process.on('SIGINT', stay)
  process.on('SIGTERM', stop)
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('exit', (code) => resolve(code ?? 1))
    })
  } finally {
    process.off('SIGINT', stay)
    process.off('SIGTERM', stop)
  }
}
