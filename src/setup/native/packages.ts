import { existsSync } from 'node:fs'
import { copyFile, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { tfjsNodeVersion } from './requirements.js'
import { run } from './run.js'

/** Packages that the project has too. Without copies of their own, Node finds the project's further up: one tfjs-core in all. */
const shared = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu'] as const

/**
 * Installs tfjs-node and the headers for its binding into `folder`, from the lockfile in packages/, running no install script.
 *
 * @throws where npm fails, or the project's tfjs-core is not the version that tfjs-node belongs to
 */
export async function installPackages(folder: string, project: string, signal?: AbortSignal): Promise<void> {
  for (const name of ['package.json', 'package-lock.json', 'entry.cjs']) {
    await copyFile(join(import.meta.dirname, 'packages', name), join(folder, name))
  }
  const [program, ...words] = npm()
  const cache = join(folder, 'npm-cache') // not the user's, since a build writes nothing outside the project
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']
  await run(
    program,
    [...words, 'ci', '--ignore-scripts', '--omit=dev', `--prefix=${folder}`, `--cache=${cache}`, ...quiet],
    {
      cwd: folder,
      ...(signal && { signal }),
    },
  )
  await rm(cache, { recursive: true, force: true })
  for (const name of shared) {
    const path = join('node_modules', name)
    if (!existsSync(join(project, path))) continue
    const version = await versionOf(join(project, path))
    if (version !== tfjsNodeVersion) {
      throw new Error(
        `the project has ${name} ${version}, but tfjs-node ${tfjsNodeVersion} needs the same version`,
      )
    }
    await rm(join(folder, path), { recursive: true })
  }
}

/** The npm that runs this script, or the one on the path. */
function npm(): [string, ...string[]] {
  const script = process.env.npm_execpath
  return script?.endsWith('npm-cli.js') ? [process.execPath, script] : ['npm']
}

async function versionOf(folder: string): Promise<string> {
  const content: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  return typeof content === 'object' && content !== null && 'version' in content
    ? String(content.version)
    : ''
}
