import { createHash } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findPython } from '../../src/setup/lab/python.js'
import { run } from '../../src/setup/native/run.js'

const packages = join(import.meta.dirname, 'packages')
const pinned = ['requirements.txt', 'package.json', 'package-lock.json'].map((name) => join(packages, name))

/** The programs of the kernels that ours is compared with. */
export interface KernelPrograms {
  /** The Python that has ipykernel. */
  readonly python: string
  readonly deno: string
  /** Where they keep their own state, instead of the user's home. */
  readonly state: string
}

const foldersOf = (project: string) => {
  const root = join(project, '.cache', 'kernels')
  const environment = join(root, 'environment')
  return {
    root,
    environment,
    python:
      process.platform === 'win32'
        ? join(environment, 'Scripts', 'python.exe')
        : join(environment, 'bin', 'python'),
    /** What npm installs. */
    node: join(root, 'node'),
    state: join(root, 'state'),
    record: join(root, 'installed'),
    temporary: join(root, 'temporary'),
  }
}

async function wanted(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of pinned) hash.update(await readFile(file))
  return hash.digest('hex')
}

/** The other kernels where their environment is whole, else null. */
export async function kernelPrograms(project: string): Promise<KernelPrograms | null> {
  const { python, node, state, record } = foldersOf(project)
  const installed = await readFile(record, 'utf8').catch(() => '')
  if (installed !== (await wanted())) return null
  return { python, deno: await denoIn(node), state }
}

/**
 * Installs the other kernels, pinned with hashes, into a folder of their own, `.cache/kernels`.
 *
 * @throws with the last words of pip or npm; nothing half-made is left behind
 */
export async function installKernels(project: string): Promise<void> {
  const { root, environment, python, node, record, temporary } = foldersOf(project)
  const { program } = await findPython(project)
  await rm(root, { recursive: true, force: true })
  await mkdir(temporary, { recursive: true })
  await mkdir(node)
  const env = { TMPDIR: temporary, PIP_USER: '0', PYTHONNOUSERSITE: '1' }
  const options = { cwd: root, env }
  try {
    await run(program, ['-m', 'venv', environment], options)
    await run(
      python,
      [
        ...['-m', 'pip', 'install', '--requirement', join(packages, 'requirements.txt')],
        ...['--require-hashes', '--no-deps', '--prefer-binary', '--no-cache-dir'],
        ...['--no-input', '--disable-pip-version-check', '--quiet'],
      ],
      options,
    )
    for (const name of ['package.json', 'package-lock.json'])
      await copyFile(join(packages, name), join(node, name))
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    // What its script does is to copy the program, which is found where it is.
    await run(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: node, env })
    await run(python, ['-c', 'import ipykernel'], options)
    await run(await denoIn(node), ['--version'], options)
    await writeFile(record, await wanted())
  } catch (error) {
    await rm(root, { recursive: true, force: true })
    throw error
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

/** Of the packages for all platforms npm installs one. */
async function denoIn(node: string): Promise<string> {
  const folder = join(node, 'node_modules', '@deno')
  const [platform = ''] = await readdir(folder).catch((): string[] => [])
  return join(folder, platform, process.platform === 'win32' ? 'deno.exe' : 'deno')
}
