// What cells write past the standard streams of Node: by file descriptor, and by programs that they start with these streams.
// Native code that writes by itself still reaches the kernel's own output.
const childProcess = require('node:child_process')
const fs = require('node:fs')
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
  const { writeSync, write: writeLater } = fs
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
  Object.assign(fs, replaced)
}

/**
 * The part of its data that a call of fs.write asks for.
 * @param {readonly unknown[]} request
 */
const partOf = ([, data, offset, length]) => {
  if (typeof data === 'string') return data
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
        return told(
          run,
          at < 0 ? [...request, { stdio }] : request.with(at, { ...options, stdio }),
          inherited,
        )
      }
    )
  /**
   * @param {(...request: any[]) => any} run
   * @param {unknown[]} request
   * @param {readonly (StreamName | undefined)[]} inherited
   */
  const told = (run, request, inherited) => {
    try {
      const result = run(...request)
      const output =
        Buffer.isBuffer(result) || typeof result === 'string' ? [null, result] : (result?.output ?? [])
      say(output, inherited)
      if (!Array.isArray(result?.output)) return inherited[1] ? null : result
      return {
        ...result,
        output: result.output.map(withheld(inherited)),
        ...withheldStreams(result, inherited),
      }
    } catch (error) {
      const output = error instanceof Error && 'output' in error ? error.output : undefined
      if (Array.isArray(output)) say(output, inherited)
      throw error
    }
  }
  /**
   * @param {readonly unknown[]} output
   * @param {readonly (StreamName | undefined)[]} inherited
   */
  const say = (output, inherited) => {
    for (const [fd, name] of inherited.entries()) {
      const text = output[fd]
      if (name && text !== null && text !== undefined && textOf(text) !== '') write(name, textOf(text))
    }
  }
  Object.assign(childProcess, {
    spawnSync: captured(spawnSync),
    execFileSync: captured(execFileSync),
    execSync: captured(execSync),
  })
}

/** @param {readonly (StreamName | undefined)[]} inherited */
const withheld = (inherited) => (/** @type {unknown} */ text, /** @type {number} */ fd) =>
  inherited[fd] ? null : text

/**
 * @param {{stdout: unknown, stderr: unknown}} result
 * @param {readonly (StreamName | undefined)[]} inherited
 */
const withheldStreams = ({ stdout, stderr }, inherited) => ({
  stdout: inherited[1] ? null : stdout,
  stderr: inherited[2] ? null : stderr,
})

module.exports = { captureOutput }
