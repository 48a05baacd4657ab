// Makes sure that Node is recent enough and that node_modules is what package-lock.json says. It runs before anything
// is installed, so that it uses nothing but Node, and only syntax that old versions of Node can read.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The packages whose compiled parts must load, and the least that shows it. */
const NATIVE_PACKAGES = {
  esbuild: 'require("esbuild").transformSync("let x: 1", { loader: "ts" })',
  zeromq: 'require("zeromq").version',
}

const SECONDS_BETWEEN_SIGNS_OF_LIFE = 15

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error))

/** What was being done, why it failed, what to do. */
class SetupError extends Error {
  /**
   * @param {string} doing
   * @param {string} why
   * @param {string} remedy
   */
  constructor(doing, why, remedy) {
    super(`${doing} failed.\n  Why: ${why}\n  What to do: ${remedy}`)
  }
}

/** @param {string} file */
const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new SetupError(`Reading ${file}`, messageOf(error), 'restore the file, for example with git.')
  }
}

/**
 * Checks a version of Node against `engines.node` of package.json, which is of the form `>=20.19`.
 * @param {string} found as in process.versions.node
 * @param {string} range
 */
export const checkNodeVersion = (found, range) => {
  const [, required] = /^>=\s*(\d+(?:\.\d+)*)$/.exec(range) || []
  if (!required) return
  const numbers = (/** @type {string} */ version) => version.split('.').map(Number)
  const [have, need] = [numbers(found), numbers(required)]
  const firstDifference = [0, 1, 2]
    .map((i) => (have[i] || 0) - (need[i] || 0))
    .find((difference) => difference !== 0)
  if ((firstDifference || 0) < 0) {
    throw new SetupError(
      'Checking the version of Node',
      `this is Node ${found}, and the project needs Node ${required} or later.`,
      `install Node ${required} or later (https://nodejs.org) and run the command again.`,
    )
  }
}

/**
 * Why node_modules is not what the lockfile says, or undefined if it is. Optional packages may be missing, since they are
 * left out where they do not fit the machine.
 * @param {{packages?: Record<string, {version?: string, optional?: boolean, devOptional?: boolean, link?: boolean}>}} wanted package-lock.json
 * @param {{packages?: Record<string, {version?: string}>} | undefined} installed node_modules/.package-lock.json
 */
export const findMismatch = (wanted, installed) => {
  if (!installed) return 'node_modules is missing or was not completed'
  const present = installed.packages || {}
  for (const [path, { version, optional, devOptional, link }] of Object.entries(wanted.packages || {})) {
    if (path === '' || link) continue
    const found = present[path]
    if (!found && (optional || devOptional)) continue
    if (!found) return `${path} is missing`
    if (found.version !== version) return `${path} is version ${found.version}, and ${version} is wanted`
  }
  return undefined
}

/**
 * Whether a lockfile lists the optional packages of every platform. npm leaves out those that its registry does not hold, and
 * then refuses its own lockfile in "npm ci"; "npm install" takes the same versions from it.
 * @param {{packages?: Record<string, {optionalDependencies?: Record<string, string>}>}} lock
 */
export const isComplete = (lock) => {
  const packages = Object.entries(lock.packages || {})
  const names = new Set(
    packages.map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)),
  )
  return packages.every(([, { optionalDependencies }]) =>
    Object.keys(optionalDependencies || {}).every((name) => names.has(name)),
  )
}

/** @param {string} project */
const lockOf = (project) => readJson(join(project, 'package-lock.json'))

/** @param {string} project */
const mismatchIn = (project) => {
  const installed = join(project, 'node_modules', '.package-lock.json')
  return findMismatch(lockOf(project), existsSync(installed) ? readJson(installed) : undefined)
}

/**
 * The npm that runs this script, or the one on the path.
 * @returns {[command: string, args: string[]]}
 */
const npmCommand = () => {
  const running = process.env.npm_execpath
  if (running && /npm-cli\.[cm]?js$/.test(running)) return [process.execPath, [running]]
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', []]
}

const INSTALL_REMEDY =
  'look at the lines of npm above; check that the machine reaches its npm registry and that the disk is not full; then run the same command again.'

/** @param {string} project */
const install = async (project) => {
  const [command, args] = npmCommand()
  const task = isComplete(lockOf(project)) ? ['ci'] : ['install', '--no-save']
  const doing = `Installing the dependencies (npm ${task.join(' ')})`
  const cache = join(project, '.cache', 'npm')
  const child = spawn(
    command,
    [...args, ...task, '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: project,
      stdio: ['ignore', 'inherit', 'inherit'],
      // npm's own cache is in the home folder, to which nothing is written.
      env: { ...process.env, npm_config_cache: cache },
      shell: command.endsWith('.cmd'),
    },
  )
  const started = Date.now()
  const signs = setInterval(() => {
    process.stderr.write(`  … still installing, ${Math.round((Date.now() - started) / 1000)} s\n`)
  }, SECONDS_BETWEEN_SIGNS_OF_LIFE * 1000)
  try {
    /** @type {Promise<void>} */
    const ended = new Promise((done, fail) => {
      child.once('error', (error) =>
        fail(new SetupError(doing, error.message, 'install npm, which comes with Node.')),
      )
      child.once('exit', (code, signal) => {
        if (code === 0) return done()
        const why = signal ? `npm was ended by ${signal}.` : `npm ended with exit code ${code}.`
        return fail(new SetupError(doing, why, INSTALL_REMEDY))
      })
    })
    await ended
  } finally {
    clearInterval(signs)
    rmSync(cache, { recursive: true, force: true })
  }
  const left = mismatchIn(project)
  if (left) throw new SetupError(doing, `afterwards, ${left}.`, INSTALL_REMEDY)
}

/**
 * npm may skip install scripts; the packages bring compiled parts that load without them.
 * @param {string} project
 */
const checkNativePackages = (project) => {
  for (const [name, code] of Object.entries(NATIVE_PACKAGES)) {
    if (!existsSync(join(project, 'node_modules', name))) continue
    const { status, stderr } = spawnSync(process.execPath, ['-e', code], { cwd: project, encoding: 'utf8' })
    if (status === 0) continue
    const why = stderr.split('\n').find((line) => /Error/.test(line)) || `it ended with exit code ${status}`
    throw new SetupError(
      `Loading the package ${name}`,
      why.trim(),
      `run "npm rebuild ${name}" in the project folder.`,
    )
  }
}

/**
 * Installs the dependencies where that is needed. Throws an error that says what was being done, why it failed and what to do.
 * @param {string} project the folder of package.json
 */
export const ensureDependencies = async (project) => {
  const { engines = {} } = readJson(join(project, 'package.json'))
  checkNodeVersion(process.versions.node, engines.node || '')
  const mismatch = mismatchIn(project)
  if (!mismatch) return
  process.stderr.write(
    `Installing the dependencies from package-lock.json, which may take a minute: ${mismatch}.\n`,
  )
  await install(project)
  checkNativePackages(project)
  process.stderr.write('The dependencies are installed.\n')
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const project = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')
  ensureDependencies(project).catch((error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  })
}
