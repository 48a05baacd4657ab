// The notebooks' kernel: tslab with repairs. Usage: node tslab-kernel.cjs <connection file>
const fs = require('node:fs')
const Module = require('node:module')
const path = require('node:path')
const { Worker } = require('node:worker_threads')
const { PROJECT_ROOT } = require('./project-paths.cjs')
const { installStackTraces } = require('./stack-trace.cjs')

/** @import { CompileCache, ConnectionInfo } from './kernel-types.js' */

const parentAtStart = process.ppid
// Node 22 and later keep the compiled form of TypeScript's eight megabytes.
const { enableCompileCache } = /** @type {typeof Module & CompileCache} */ (Module)
enableCompileCache?.(path.join(PROJECT_ROOT, 'node_modules', '.cache', 'kernel'))

const MILLISECONDS_FOR_GUARDIAN_TO_CLOSE = 1000

/** @param {ConnectionInfo} connection */
const startGuardian = ({ transport, ip, hb_port: port }) => {
  const hasClosed = new Int32Array(new SharedArrayBuffer(4))
  const guardian = new Worker(path.join(__dirname, 'guardian-thread.cjs'), {
    workerData: {
      startedBy: parentAtStart,
      jupyterPid: Number(process.env.JPY_PARENT_PID ?? 0),
      hasClosed,
      heartbeatAddress: `${transport}://${ip}${transport === 'ipc' ? '-' : ':'}${port}`,
    },
    execArgv: [],
  })
  guardian.unref()
  process.on('exit', () => {
    guardian.postMessage('close')
    Atomics.wait(hasClosed, 0, 0, MILLISECONDS_FOR_GUARDIAN_TO_CLOSE)
  })
  guardian.on('error', (error) => fail(`The kernel's guardian thread failed: ${error.message}`))
}

/**
 * @param {string} message
 * @returns {never}
 */
const fail = (message) => {
  fs.writeSync(2, `${message}\n`)
  process.exit(1)
}

/** @param {string} connectionFile */
const start = async (connectionFile) => {
  /** @type {ConnectionInfo} */
  const connection = JSON.parse(fs.readFileSync(connectionFile, 'utf8'))
  startGuardian(connection)
  installStackTraces()
  const { loadTslab } = require('./tslab-edits.cjs')
  const tslab = loadTslab()
  require('./source-loader.cjs').installSourceLoader()
  const interrupts = require('./interrupt.cjs').createInterrupts()
  const converter = tslab.converter.createConverter({ isJS: false, isBrowser: false })
  const { createCellExecutor } = require('./cell-executor.cjs')
  const executor = createCellExecutor(converter, interrupts, tslab.display)
  const { KernelServer } = require('./kernel-server.cjs')
  const server = new KernelServer(tslab, executor, interrupts, connection)
  process.on('SIGINT', () => interrupts.interrupt())
  process.on('unhandledRejection', (reason) =>
    server.reportStray('A promise was rejected, and nothing awaits it', reason),
  )
  process.on('uncaughtException', (error) => server.reportStray('An error outside of any cell', error))
  await server.init()
  server.whenIdle(() => warmUp(() => !server.isBusy && server.executionCount === 0))
}

/**
 * Reads the project's sources before the first cell asks for them.
 * @param {() => boolean} mayGoOn
 */
const warmUp = (mayGoOn) => {
  const folder = path.join(PROJECT_ROOT, 'src')
  const files = fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []
  // Tools are no part of what cells import.
  const sources = files.filter(
    (file) => file.endsWith('.ts') && !/^(runner|setup|commands|checks)\b/.test(file),
  )
  return require('./cell-project.cjs')
    .currentProject()
    ?.warm(
      sources.map((file) => path.join(folder, file)),
      mayGoOn,
    )
}

const [connectionFile] = process.argv.slice(2)
if (!connectionFile) fail('Usage: node tslab-kernel.cjs <connection file>')
start(connectionFile).catch((error) => fail(`The notebook kernel cannot start. ${error.message}`))
