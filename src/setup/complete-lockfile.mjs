// npm leaves optional packages for other platforms out of the lockfile when the registry at hand does not have them, and
// `npm ci` then refuses the lockfile everywhere. This adds them by name and exact version, with the platform in their name.
// Run it after a change of dependencies: node src/setup/complete-lockfile.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'win32']
const PROCESSORS = {
  arm64: 'arm64',
  x64: 'x64',
  ia32: 'ia32',
  arm: 'arm',
  riscv64: 'riscv64',
  ppc64: 'ppc64',
  s390x: 's390x',
  loong64: 'loong64',
}

const file = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8'))
const packages = lock.packages

/**
 * Whether a package at `path` would find `name`, looking through the node_modules above it.
 * @param {string} path
 * @param {string} name
 */
function isLocked(path, name) {
  const folders = path.split(/(?<=^|\/)node_modules\//)
  return folders.some(
    (/** @type {string} */ _, /** @type {number} */ depth) =>
      packages[
        `${folders.slice(0, folders.length - depth).join('node_modules/')}/node_modules/${name}`.replace(
          /^\//,
          '',
        )
      ],
  )
}

let added = 0
for (const [path, { optionalDependencies = {}, dev }] of Object.entries({ ...packages })) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (!/^\d/.test(version) || isLocked(path, name)) continue
    const platform = name.split('/').pop() ?? ''
    const os = SYSTEMS.find((system) => platform.includes(system))
    const cpu = Object.keys(PROCESSORS).find((processor) =>
      new RegExp(`(^|-)${processor}(-|$)`).test(platform),
    )
    if (os === undefined || cpu === undefined)
      throw new Error(`${name}: its name does not say for which platform it is`)
    packages[`node_modules/${name}`] = {
      version,
      cpu: [cpu],
      ...(dev ? { dev } : {}),
      optional: true,
      os: [os],
      ...(os === 'linux' ? { libc: [platform.includes('musl') ? 'musl' : 'glibc'] } : {}),
    }
    added++
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(added === 0 ? 'the lockfile is complete' : `added ${added} packages for other platforms`)
