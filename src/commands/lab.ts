import { join, relative } from 'node:path'
import { projectRoot } from '../files/project-root.js'
import { commandLine, run, UsageError, wholeNumber } from './command-line.js'
import { isForMachines, machineReadable, printResult } from './machine-output.js'

const command = machineReadable(
  commandLine(
    'npm run lab --',
    'Opens the notebooks in JupyterLab with the project\'s kernel, "TypeScript (thesis)". The first time, JupyterLab is installed ' +
      'into .cache/lab of the project, which needs Python 3.10 or later with venv and pip; deleting that folder undoes it. Settings ' +
      'and state stay there too: nothing is written to your home. On a machine without a display the address is printed.',
  )
    .option('--setup-only', 'set up JupyterLab and the kernel, and start nothing')
    .option('--port <n>', 'another port than 8888', wholeNumber(0))
    .option('--ip <address>', 'answer other machines too, e.g. 0.0.0.0; the token in the address is the key')
    .option('--no-browser', 'only print the address')
    .option('--debug', 'say all that JupyterLab does')
    .argument(
      '[words...]',
      'after --: whatever else "jupyter lab" is to be told, e.g. npm run lab -- -- --ServerApp.root_dir=/data',
    )
    .addHelpText('after', '\nCtrl-C ends it: once asks, twice ends at once. PYTHON names another Python.'),
  'of --setup-only: {version, kernel}',
)

interface Options {
  readonly setupOnly?: true
  readonly port?: number
  readonly ip?: string
  readonly browser: boolean
  readonly debug?: true
}

const project = projectRoot()

await run(command, async () => {
  const { port, ip, browser, debug, setupOnly = false } = command.opts<Options>()
  const strange = command.args.find((word) => !word.startsWith('-'))
  if (strange !== undefined) throw new UsageError(`npm run lab does not take '${strange}'`)
  if (isForMachines(command) && !setupOnly) throw new UsageError('--json is of --setup-only')
  const words = [
    ...(port === undefined ? [] : [`--port=${port}`]),
    ...(ip === undefined ? [] : [`--ip=${ip}`]),
    ...(browser ? [] : ['--no-browser']),
    ...(debug ? ['--debug'] : []),
    ...command.args,
  ]
  return main(words, setupOnly)
})

async function main(words: readonly string[], setupOnly: boolean): Promise<number> {
  const { writeKernelSpec } = await import('../setup/kernelspec.js')
  const { hasDisplay } = await import('../setup/lab/display.js')
  const { buildExtension } = await import('../setup/lab/extension.js')
  const { stateFolders } = await import('../setup/lab/folders.js')
  const { startServer } = await import('../setup/lab/server.js')
  const { setUpLab } = await import('../setup/lab/set-up.js')
  const { writeSettings } = await import('../setup/lab/settings.js')
  const kernelFolder = relative(project, join(writeKernelSpec(), '..', '..', '..'))
  await buildExtension()
  const state = stateFolders(join(project, '.cache', 'lab', 'state'))
  const controller = new AbortController()
  const abort = () => controller.abort(new Error('interrupted; nothing half-made is left behind'))
  process.on('SIGINT', abort).on('SIGTERM', abort)
  try {
    const version = await setUpLab({
      project,
      signal: controller.signal,
      write: (text) => process[isForMachines(command) ? 'stderr' : 'stdout'].write(text),
    })
    const display = hasDisplay()
    await writeSettings(state, {
      root: project,
      openAt: 'notebooks/01-dataset.ipynb',
      hasDisplay: display,
      isRoot: process.getuid?.() === 0,
    })
    console.log(
      `JupyterLab ${version} is set up; the kernel "TypeScript (thesis)" is registered in ${kernelFolder}.`,
    )
    await printResult(command, { json: () => ({ version, kernel: kernelFolder }) })
    if (setupOnly) return 0
    if (!display) {
      console.log(
        'There is no display here, so open the address below in a browser. From another machine, first run',
      )
      console.log('  ssh -L 8888:localhost:8888 <this machine>     with the port of the address')
    }
  } catch (error) {
    console.error(`npm run lab: ${error instanceof Error ? error.message : error}`)
    if (controller.signal.aborted) return 130
    console.error(alternatives(kernelFolder))
    return 1
  }
  process.off('SIGINT', abort).off('SIGTERM', abort)
  return serve()

  /** Runs JupyterLab in this terminal until it ends, and resolves with the exit code. */
  function serve(): Promise<number> {
    const server = startServer({ project, state, words, stdio: 'inherit' })
    // A Ctrl-C reaches JupyterLab from the terminal by itself, and asks there.
    process.on('SIGINT', () => {})
    for (const name of ['SIGTERM', 'SIGHUP'] as const) process.on(name, () => server.kill('SIGTERM'))
    return new Promise((resolve) => {
      server.once('error', (error) => {
        console.error(`npm run lab: JupyterLab does not start: ${error.message}`)
        resolve(1)
      })
      server.once('exit', (code) => resolve(code ?? 1))
    })
  }
}

/** What works where JupyterLab could not be set up. */
function alternatives(kernelFolder: string): string {
  const folder = join(project, kernelFolder)
  const variable =
    process.platform === 'win32' ? `$env:JUPYTER_PATH="${folder}";` : `JUPYTER_PATH="${folder}"`
  return `
The kernel is registered in ${kernelFolder}, so that the notebooks also open, from this folder, in
  a JupyterLab that is installed already   ${variable} jupyter lab
  VS Code with its Jupyter extension       ${variable} code .
or run without either                      npm run notebook -- notebooks/01-dataset.ipynb`
}
