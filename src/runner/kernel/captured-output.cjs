// What cells write past the standard streams of Node: by file descriptor, and by programs that they start with these streams.
// Native code that writes by itself still reaches the kernel's own output.
const childProcess = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { syncBuiltinESMExports } = require('node:module')

/**
 * @typedef {'stdout' | 'stderr'} StreamName
 * @typedef {(name: StreamName, text: string) => void} Write
 * @typedef {import('node:child_process').StdioOptions} StdioOptions
 */

/** @param {unknown} fd */
const streamOf = (fd) => (fd === 1 ? 'stdout' : fd === 2 ? 'stderr' : undefined)

/** @param {unknown} data */
const textOf = (data) =>
  typeof data === 'string' ? data : Buffer.from(/** @type {Uint8Array} */ (data)).toString()

/**
 * The streams that a program would inherit as ones that are read here, and which these are.
 * @param {unknown} stdio
 * @returns {{stdio: unknown[], inherited: (StreamName | undefined)[]}}
 */
const withoutInherited = (stdio) => {
  const list = Array.isArray(stdio) ? [...stdio] : [stdio, stdio, stdio]
  const inherited = list.map((entry, fd) => {
    if (entry === 'inherit') return fd === 0 ? undefined : streamOf(fd)
    if (entry === process.stdout) return 'stdout'
    if (entry === process.stderr) return 'stderr'
    return streamOf(entry)
  })
  return {
    // A program would wait for what nobody types into the kernel's own input.
    stdio: list.map((entry, fd) =>
      inherited[fd] ? 'pipe' : fd === 0 && (entry === 'inherit' || entry === 0) ? 'ignore' : entry,
    ),
    inherited,
  }
}

/** @param {Write} write */
const captureOutput = (write) => {
  captureFiles(write)
  captureSpawned(write)
  captureSynchronous(write)
  syncBuiltinESMExports()
}

/** @param {Write} write */
const captureFiles = (write) => {
  const { writeSync, write: writeLater, writeFileSync, appendFileSync, writevSync } = fs
  const replaced = {
    writeSync: (/** @type {Parameters<typeof fs.writeSync>} */ ...request) => {
      const name = streamOf(request[0])
      if (!name) return writeSync(...request)
      const text = partOf(request)
      write(name, text)
      return Buffer.byteLength(text)
    },
    write: (/** @type {unknown[]} */ ...request) => {
      const name = streamOf(request[0])
      if (!name) return Reflect.apply(writeLater, fs, request)
      const text = partOf(request)
      write(name, text)
      const done = request.at(-1)
      if (typeof done === 'function') process.nextTick(done, null, Buffer.byteLength(text), request[1])
      return undefined
    },
  }
  Object.assign(fs, replaced, {
    writeFileSync: (/** @type {Parameters<typeof fs.writeFileSync>} */ ...request) => {
      const name = streamOf(request[0])
      if (!name) return writeFileSync(...request)
      return write(name, textOf(request[1]))
    },
    appendFileSync: (/** @type {Parameters<typeof fs.appendFileSync>} */ ...request) => {
      const name = streamOf(request[0])
      if (!name) return appendFileSync(...request)
      return write(name, textOf(request[1]))
    },
    writevSync: (/** @type {Parameters<typeof fs.writevSync>} */ ...request) => {
      const name = streamOf(request[0])
      if (!name) return writevSync(...request)
      const text = request[1].map(textOf).join('')
      write(name, text)
      return Buffer.byteLength(text)
    },
  })
}

/**
 * The part of its data that a call of fs.write asks for.
 * @param {readonly unknown[]} request
 */
const partOf = ([, data, offset, length]) => {
  // Of a text, the fourth is its encoding.
  if (typeof data === 'string')
    return typeof length === 'string'
      ? Buffer.from(data, /** @type {BufferEncoding} */ (length)).toString()
      : data
  const bytes = Buffer.from(/** @type {Uint8Array} */ (data))
  const start = typeof offset === 'number' ? offset : 0
  return bytes.subarray(start, typeof length === 'number' ? start + length : undefined).toString()
}

/** @param {Write} write */
const captureSpawned = (write) => {
  const { prototype } = childProcess.ChildProcess
  const spawn = Reflect.get(prototype, 'spawn')
  // All ways to start a program that goes on beside the kernel end here.
  Reflect.set(
    prototype,
    'spawn',
    /** @this {import('node:child_process').ChildProcess} */
    function (/** @type {{stdio?: unknown}} */ options) {
      const { stdio, inherited } = withoutInherited(options.stdio ?? 'pipe')
      if (!inherited.some(Boolean)) return spawn.call(this, options)
      const result = spawn.call(this, { ...options, stdio })
      for (const [fd, name] of inherited.entries()) {
        const stream = /** @type {import('node:stream').Readable | null | undefined} */ (this.stdio[fd])
        if (name && stream) stream.setEncoding('utf8').on('data', (text) => write(name, text))
      }
      // As when they are inherited, nobody else reads them.
      for (const [fd, name] of Object.entries(/** @type {const} */ ({ 1: 'stdout', 2: 'stderr' })))
        if (inherited[Number(fd)]) Reflect.set(this, name, null)
      return result
    },
  )
}

/** @param {Write} write */
const captureSynchronous = (write) => {
  const { spawnSync, execFileSync, execSync } = childProcess
  /**
   * @template {(...request: any[]) => any} Run
   * @param {Run} run
   * @returns {Run}
   */
  const captured = (run) =>
    /** @type {Run} */ (
      (...request) => {
        const at = request.findLastIndex(
          (part) => typeof part === 'object' && part !== null && !Array.isArray(part),
        )
        const options = at < 0 ? {} : request[at]
        if (options.stdio === undefined) return run(...request)
        const { stdio, inherited } = withoutInherited(options.stdio)
        if (!inherited.some(Boolean)) return run(...request)
        return throughFiles(inherited, write, (files) => {
          const streams = stdio.map((entry, fd) => files.get(fd) ?? entry)
          return run(...request.with(at, { ...options, stdio: streams }))
        })
      }
    )
  Object.assign(childProcess, {
    spawnSync: captured(spawnSync),
    execFileSync: captured(execFileSync),
    execSync: captured(execSync),
  })
}

/**
 * Lets a program write to files what it would write to inherited streams, of which there may be any amount, and tells it then.
 *
 * @template Result
 * @param {readonly (StreamName | undefined)[]} inherited
 * @param {Write} write
 * @param {(files: ReadonlyMap<number, number>) => Result} run given the open files by descriptor of the program
 * @returns {Result}
 */
const throughFiles = (inherited, write, run) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cell-output-'))
  const fileOf = (/** @type {number} */ fd) => path.join(folder, String(fd))
  const streams = [...inherited.entries()].flatMap(([fd, name]) => (name ? [{ fd, name }] : []))
  const files = new Map(streams.map(({ fd }) => [fd, fs.openSync(fileOf(fd), 'w')]))
  try {
    return run(files)
  } finally {
    for (const file of files.values()) fs.closeSync(file)
    for (const { fd, name } of streams) {
      const text = fs.readFileSync(fileOf(fd), 'utf8')
      if (text !== '') write(name, text)
    }
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

module.exports = { captureOutput }
