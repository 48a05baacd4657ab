import { homedir } from 'node:os'
import { dirname } from 'node:path'
import { Argument } from 'commander'
import {
  type InstalledKernel,
  installKernel,
  isKernelName,
  kernelAt,
  kernelsIn,
  uninstallKernel,
} from '../setup/installed-kernel.js'
import { type KernelPlace, kernelsFolder, kernelsFolders } from '../setup/jupyter-folders.js'
import { KERNEL_NAME, KERNEL_TITLE } from '../setup/kernelspec.js'
import { asked, callersPath, commandLine, run, UsageError } from './command-line.js'
import { isForMachines, machineReadable, printResult } from './machine-output.js'

interface Options {
  readonly user?: true
  readonly prefix?: string
  readonly sysPrefix?: true
  readonly name: string
  readonly displayName: string
}

const command = machineReadable(
  commandLine(
    'npm run kernel --',
    "Makes the project's kernel known to every Jupyter of yours, from any folder (install), takes that back (uninstall), or shows " +
      'which kernels Jupyter finds (list).',
  )
    .addArgument(new Argument('<action>', 'what to do').choices(['install', 'uninstall', 'list']))
    .option('--user', 'for all that you run (the default)')
    .option(
      '--prefix <folder>',
      'for the Python environment in this folder: in <folder>/share/jupyter/kernels',
    )
    .option('--sys-prefix', 'for the Python environment that is active')
    .option('--name <id>', 'what notebooks call the kernel', KERNEL_NAME)
    .option('--display-name <title>', 'what people read in menus', KERNEL_TITLE),
  'of list: an array of {name, title, folder, owner}; else {name, title, folder}',
  'of list: the same as a table',
)

await run(command, async () => {
  const [action] = command.args
  const options = command.opts<Options>()
  if (action === 'list') return list(options)
  if (!isKernelName(options.name)) {
    throw new UsageError(
      `--name is "${options.name}": it must be of small letters, digits, ".", "_" and "-", and begin with a letter or a digit`,
    )
  }
  const folder = await asked(() => kernelsFolder(placeOf(options)))
  return action === 'install' ? install(folder, options) : uninstall(folder, options)
})

function placeOf({ user, prefix, sysPrefix }: Options): KernelPlace {
  if ([user, prefix, sysPrefix].filter((choice) => choice !== undefined).length > 1)
    throw new UsageError('--user, --prefix and --sys-prefix exclude one another')
  if (prefix !== undefined) return { prefix: callersPath(prefix) }
  return sysPrefix ? 'sys-prefix' : 'user'
}

async function install(folder: string, { name, displayName }: Options): Promise<number> {
  const found = kernelAt(folder, name)
  if (found?.owner === 'another') {
    throw new UsageError(
      `${found.folder} holds a kernel that another project installed: choose another --name, or remove it first`,
    )
  }
  const file = installKernel(folder, name, displayName)
  await printResult(command, {
    json: () => ({ name, title: displayName, folder: dirname(file) }),
    csv: () => [{ name, title: displayName, folder: dirname(file) }],
    text: () => `"${displayName}" (${name}) is installed: ${short(file)}`,
  })
  return 0
}

async function uninstall(folder: string, { name }: Options): Promise<number> {
  const found = kernelAt(folder, name)
  if (!found) {
    const others = kernelsIn(folder).filter(isOurs)
    const there = others.length > 0 ? `; there are ${others.map((kernel) => kernel.name).join(', ')}` : ''
    throw new UsageError(`There is no kernel "${name}" in ${folder}${there}`)
  }
  if (!isOurs(found)) {
    throw new UsageError(`${found.folder} holds a kernel that another project installed, and stays`)
  }
  const others = uninstallKernel(found)
  await printResult(command, {
    json: () => ({ name, title: found.title, folder: found.folder }),
    csv: () => [{ name, title: found.title, folder: found.folder }],
    text: () => `"${found.title}" (${name}) is uninstalled from ${short(folder)}`,
  })
  if (others.length > 0)
    console.log(`${short(found.folder)} stays, with what was put there since: ${others.join(', ')}`)
  return 0
}

async function list(options: Options): Promise<number> {
  const isAnywhere = !options.user && options.prefix === undefined && !options.sysPrefix
  const folders = isAnywhere ? kernelsFolders() : [kernelsFolder(placeOf(options))]
  const kernels = folders.flatMap(kernelsIn)
  await printResult(command, {
    json: () => kernels.map(({ name, title, folder, owner }) => ({ name, title, folder, owner })),
  })
  if (isForMachines(command)) return 0
  const width = Math.max(0, ...kernels.map(({ name }) => name.length))
  for (const { name, title, folder, owner } of kernels)
    console.log(
      `${name.padEnd(width)}  ${title}  ${short(folder)}${owner === 'another' ? '' : `  (${owner})`}`,
    )
  if (kernels.length === 0)
    console.log(`Jupyter finds no kernels here. It looks in:\n${folders.map(short).join('\n')}`)
  return 0
}

function isOurs({ owner }: InstalledKernel): boolean {
  return owner !== 'another'
}

function short(path: string): string {
  return path.startsWith(`${homedir()}/`) ? `~${path.slice(homedir().length)}` : path
}
