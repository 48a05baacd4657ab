// The notebooks' kernel. Usage: node tslab-kernel.cjs <connection file>
const fs = require('node:fs')
const Module = require('node:module')
const path = require('node:path')
const { PROJECT_ROOT } = require('./project-paths.cjs')
const { installStackTraces } = require('./stack-trace.cjs')

/**
 * @import { CellExecutor } from './cell-executor.cjs'
 * @import { CompileCache, ConnectionInfo } from './kernel-types.js'
 */

const parentAtStart = process.ppid
// Node 22 and later keep the compiled form of TypeScript's nine megabytes.
const { enableCompileCache } = /** @type {typeof Module & CompileCache} */ (Module)
enableCompileCache?.(path.join(PROJECT_ROOT, 'node_modules', '.cache', 'kernel'))

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
  installStackTraces()
  const interrupts = require('./interrupt.cjs').createInterrupts()
  const { KernelServer } = require('./kernel-server.cjs')
  const server = new KernelServer(interrupts, connection, parentAtStart)
  require('./source-loader.cjs').installSourceLoader()
  const { CellExecutor } = require('./cell-executor.cjs')
  const executor = new CellExecutor(server.loadDisplay())
  // What debugger.cjs shows while no cell is stopped.
  Reflect.set(globalThis, Symbol.for('thesis.variables'), () => executor.variables)
  process.on('SIGINT', () => interrupts.interrupt(interrupts.running(), false))
  process.on('unhandledRejection', (reason) =>
    server.reportStray('A promise was rejected, and nothing awaits it', reason),
  )
  process.on('uncaughtException', (error) => server.reportStray('An error outside of any cell', error))
  await server.start(executor)
  server.whenIdle(() => warmUp(executor, () => !server.isBusy && server.executionCount === 0))
}

/**
 * Reads the project's sources before the first cell asks for them.
 * @param {CellExecutor} executor
 * @param {() => boolean} mayGoOn
 */
const warmUp = (executor, mayGoOn) => {
  const folder = path.join(PROJECT_ROOT, 'src')
  const files = fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []
  // Tools are no part of what cells import.
  const sources = files.filter(
    (file) => file.endsWith('.ts') && !/^(runner|setup|commands|checks)\b/.test(file),
  )
  return executor.project.warm(
    sources.map((file) => path.join(folder, file)),
    mayGoOn,
  )
}

const [connectionFile] = process.argv.slice(2)
if (!connectionFile) fail('Usage: node tslab-kernel.cjs <connection file>')
start(connectionFile).catch((error) => fail(`The notebook kernel cannot start. ${error.message}`))
