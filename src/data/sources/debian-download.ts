import { execFile } from 'node:child_process'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/**
 * Downloads a Debian package and unpacks it below `folder`, without root and without writing anywhere else.
 *
 * @returns the folder that holds the package's tree
 * @throws with the last words of the program that failed
 */
export async function downloadDebianPackage(
  packageName: string,
  folder: string,
  log: (line: string) => void,
): Promise<string> {
  const configuration = join(folder, 'apt.conf')
  await mkdir(join(folder, 'cache'))
  await writeFile(configuration, aptConfiguration({ 'Dir::Cache': join(folder, 'cache') }))
  const apt = (...words: string[]) => run('apt-get', ['--config-file', configuration, ...words], folder)
  log(`Downloading Debian package ${packageName}`)
  try {
    await apt('download', packageName)
  } catch (error) {
    if (isMissing(error)) throw error
    log(`${reason(error)}; trying again with a list of packages of our own`)
    await mkdir(join(folder, 'state', 'lists', 'partial'), { recursive: true })
    const local = { 'Dir::Cache': join(folder, 'cache'), 'Dir::State': join(folder, 'state') }
    await writeFile(configuration, aptConfiguration(local))
    // A failed update of some other repository does not matter, so that whether the download works decides.
    await apt('update').catch((failure) => log(reason(failure)))
    await apt('download', packageName)
  }
  const archive = (await readdir(folder)).find((name) => name.endsWith('.deb'))
  if (archive === undefined) throw new Error(`apt-get download ${packageName} left no package behind`)
  const content = join(folder, 'content')
  await run('dpkg-deb', ['--extract', archive, content], folder)
  return content
}

// The machine's hooks around an update are cleared: they clean folders of the system, which is not ours to do.
function aptConfiguration(settings: Readonly<Record<string, string>>): string {
  const hooks = ['Pre-Invoke', 'Post-Invoke', 'Post-Invoke-Success'].map(
    (hook) => `#clear APT::Update::${hook};`,
  )
  const all = {
    ...settings,
    'APT::Sandbox::User': 'root',
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '20',
  }
  return [...hooks, ...Object.entries(all).map(([key, value]) => `${key} "${value}";`), ''].join('\n')
}

async function run(program: string, words: readonly string[], cwd: string): Promise<void> {
  const environment = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' }
  try {
    await execute(program, [...words], { cwd, env: environment, timeout: 300_000 })
  } catch (error) {
    if (isMissing(error))
      throw Object.assign(new Error(`there is no ${program} on this machine`), { code: 'ENOENT' })
    throw new Error(`${program} failed: ${reason(error)}`)
  }
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** What a failed program complained about last, on one line. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const complaints = 'stderr' in error ? String(error.stderr).trim().split('\n') : []
  const last = complaints.filter((line) => line.startsWith('E:') || line.startsWith('dpkg')).slice(-2)
  return last.join(' ') || complaints.at(-1) || error.message
}
