import { join, relative } from 'node:path'
import { projectRoot } from '../files/project-root.js'
import { writeKernelSpec } from '../setup/kernelspec.js'
import { hasDisplay } from '../setup/lab/display.js'
import { writeFigureSizes } from '../setup/lab/figure-sizes.js'
import { stateFolders } from '../setup/lab/folders.js'
import { startServer } from '../setup/lab/server.js'
import { setUpLab } from '../setup/lab/set-up.js'
import { writeSettings } from '../setup/lab/settings.js'

const HELP = `npm run lab [-- options]

Opens the notebooks in JupyterLab with the project's kernel, "TypeScript (thesis)". The first time, JupyterLab is installed
into .cache/lab of the project, which needs Python 3.10 or later with venv and pip; deleting that folder undoes it. Settings
and state stay there too: nothing is written to your home. On a machine without a display the address is printed.

  --setup-only   set up JupyterLab and the kernel, and start nothing
  --help         this text

All other options go to "jupyter lab", for example
  npm run lab -- --port 9000          another port
  npm run lab -- --no-browser         only print the address
  npm run lab -- --ip 0.0.0.0         answer other machines too; the token in the address is the key

Ctrl-C ends it: once asks, twice ends at once. PYTHON names another Python.`

const project = projectRoot()
const words = process.argv.slice(2)

if (words.includes('--help') || words.includes('-h')) console.log(HELP)
else process.exitCode = await main()

async function main(): Promise<number> {
  const kernelFolder = relative(project, join(writeKernelSpec(), '..', '..', '..'))
  writeFigureSizes()
  const state = stateFolders(join(project, '.cache', 'lab', 'state'))
  const controller = new AbortController()
  const abort = () => controller.abort(new Error('interrupted; nothing half-made is left behind'))
  process.on('SIGINT', abort).on('SIGTERM', abort)
  try {
    const version = await setUpLab({
      project,
      signal: controller.signal,
      write: (text) => process.stdout.write(text),
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
    if (words.includes('--setup-only')) return 0
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
    (figures are interactive where the Python package plotly is installed beside it, and pictures where not)
  VS Code with its Jupyter extension       ${variable} code .
or run without either                      npm run notebook -- notebooks/01-dataset.ipynb`
}
