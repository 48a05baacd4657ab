// JupyterLab's debugger: requests of the debug adapter protocol about cells and sources of the project, answered by Node's inspector.
// It runs on the thread of the sockets, which goes on while a cell is stopped.
const { CELL_PREFIX, CELL_SUFFIX, DebuggedScripts, SEED, pathOfCell } = require('./debugged-scripts.cjs')
const { DebuggedValues, textOf } = require('./debugged-values.cjs')

/**
 * @import { Debugger as Protocol, Runtime, Session } from 'node:inspector'
 * @typedef {Readonly<Record<string, any>>} Request of the debug adapter protocol
 * @typedef {{line: number, condition?: string, logMessage?: string}} Breakpoint
 */

/** All cells run on one thread. */
const THREAD = 1

const CAPABILITIES = {
  supportsConfigurationDoneRequest: true,
  supportsConditionalBreakpoints: true,
  supportsEvaluateForHovers: true,
  supportsExceptionInfoRequest: false,
  supportsSetVariable: false,
  supportsTerminateRequest: true,
  exceptionBreakpointFilters: [
    { filter: 'all', label: 'All errors', default: false },
    { filter: 'uncaught', label: 'Errors that nothing catches', default: false },
  ],
}

/** What stepping goes over: Node itself, packages, the kernel. */
const NOT_STEPPED_INTO = ['^node:', '/node_modules/', '/src/runner/kernel/', '^evalmachine']

class Debugger {
  #inspector
  #publish
  #scripts = new DebuggedScripts()
  #values
  #isStarted = false
  #sequence = 0
  /** @type {Protocol.CallFrame[]} */
  #frames = []
  /** Why what comes next stops: a step that the reader asked for, if there was one. @type {string | undefined} */
  #stepping
  /** @type {Map<string, Breakpoint[]>} */
  #wanted = new Map()
  /** What was set of a path, as the inspector knows it. @type {Map<string, string[]>} */
  #set = new Map()

  /**
   * @param {Session} inspector connected to the thread of the cells
   * @param {(event: object) => void} publish
   */
  constructor(inspector, publish) {
    this.#inspector = inspector
    this.#publish = publish
    this.#values = new DebuggedValues((method, parameters) => this.#ask(method, parameters))
    inspector.on('Debugger.scriptParsed', ({ params }) => this.#scripts.add(params))
    inspector.on('Debugger.paused', ({ params }) => this.#paused(params))
    inspector.on('Debugger.resumed', () => {
      this.#frames = []
      this.#values.clear()
    })
  }

  /**
   * Answers a request.
   * @param {Request} request
   * @returns {Promise<object>}
   */
  async handle({ seq, command, arguments: words = {} }) {
    const answer = { type: 'response', seq: this.#sequence++, request_seq: seq, command }
    try {
      const body = await this.#respond(command, words)
      return { ...answer, success: true, body: body ?? {} }
    } catch (error) {
      return {
        ...answer,
        success: false,
        message: error instanceof Error ? error.message : String(error),
        body: {},
      }
    }
  }

  /** Lets a stopped cell go on, and stops nowhere until `mayStop`, so that an interrupt reaches the cell. */
  letGo() {
    if (!this.#isStarted) return
    this.#ask('Debugger.setSkipAllPauses', { skip: true }).catch(() => {})
    if (this.#frames.length > 0) this.#goOn('Debugger.resume')
  }

  /** Stops at breakpoints again. */
  mayStop() {
    if (this.#isStarted) this.#ask('Debugger.setSkipAllPauses', { skip: false }).catch(() => {})
  }

  /**
   * @param {string} command
   * @param {Request} words
   * @returns {Promise<object | undefined>}
   */
  async #respond(command, words) {
    switch (command) {
      case 'debugInfo':
        return this.#info()
      case 'initialize':
        return CAPABILITIES
      case 'attach':
        return this.#start()
      case 'configurationDone':
        return undefined
      case 'dumpCell':
        return { sourcePath: pathOfCell(String(words.code)) }
      case 'setBreakpoints':
        return this.#setBreakpoints(words.source?.path ?? '', words.breakpoints ?? [])
      case 'setExceptionBreakpoints':
        return this.#setExceptions(words.filters ?? [])
      case 'threads':
        return { threads: [{ id: THREAD, name: 'cells' }] }
      case 'stackTrace':
        return this.#stackTrace()
      case 'scopes':
        return this.#scopes(words.frameId)
      case 'variables':
        return { variables: await this.#values.variables(words.variablesReference) }
      case 'inspectVariables':
        return { variables: await this.#allVariables() }
      case 'richInspectVariables':
        return this.#richVariable(words.variableName, words.frameId)
      case 'evaluate':
        return this.#evaluate(words.expression, words.frameId)
      case 'source':
        return this.#source(words.source?.path ?? '')
      case 'modules':
        return { modules: [], totalModules: 0 }
      case 'continue':
        this.#goOn('Debugger.resume')
        return { allThreadsContinued: true }
      case 'next':
        return this.#goOn('Debugger.stepOver', 'step')
      case 'stepIn':
        return this.#goOn('Debugger.stepInto', 'step')
      case 'stepOut':
        return this.#goOn('Debugger.stepOut', 'step')
      case 'pause':
        this.#stepping = 'pause'
        await this.#ask('Debugger.pause')
        return undefined
      case 'disconnect':
      case 'terminate':
        return this.#stop()
      default:
        throw new Error(`this debugger does not know the request '${command}'`)
    }
  }

  #info() {
    return {
      isStarted: this.#isStarted,
      hashMethod: 'Murmur2',
      hashSeed: SEED,
      tmpFilePrefix: CELL_PREFIX,
      tmpFileSuffix: CELL_SUFFIX,
      breakpoints: [...this.#wanted].map(([source, breakpoints]) => ({ source, breakpoints })),
      stoppedThreads: this.#frames.length > 0 ? [THREAD] : [],
      richRendering: true,
      exceptionPaths: CAPABILITIES.exceptionBreakpointFilters.map(({ filter }) => filter),
      copyToGlobals: false,
    }
  }

  async #start() {
    await this.#ask('Runtime.enable')
    await this.#ask('Debugger.enable')
    await this.#ask('Debugger.setBlackboxPatterns', { patterns: NOT_STEPPED_INTO })
    // A cell stops before its first statement for a moment, in which its breakpoints are set.
    await this.#ask('Debugger.setInstrumentationBreakpoint', {
      instrumentation: 'beforeScriptWithSourceMapExecution',
    })
    this.#isStarted = true
    this.#tell('initialized', {})
    return undefined
  }

  async #stop() {
    if (this.#isStarted) {
      await this.#ask('Debugger.disable')
      this.#isStarted = false
    }
    this.#frames = []
    this.#wanted.clear()
    this.#set.clear()
    this.#tell('terminated', {})
    return undefined
  }

  /**
   * @param {string} path
   * @param {readonly Breakpoint[]} breakpoints
   */
  async #setBreakpoints(path, breakpoints) {
    for (const breakpointId of this.#set.get(path) ?? [])
      await this.#ask('Debugger.removeBreakpoint', { breakpointId })
    this.#set.delete(path)
    if (breakpoints.length === 0) this.#wanted.delete(path)
    else this.#wanted.set(path, [...breakpoints])
    for (const script of this.#scripts.ofPath(path)) await this.#arm(script)
    return {
      breakpoints: breakpoints.map(({ line }, i) => ({ id: i + 1, verified: true, line, source: { path } })),
    }
  }

  /**
   * Sets in a script what was asked for at its path.
   * @param {import('./debugged-scripts.cjs').Script} script
   */
  async #arm(script) {
    for (const { line, condition } of this.#wanted.get(script.path) ?? []) {
      const location = this.#scripts.generatedOf(script, line)
      if (!location) continue
      const { breakpointId } = await this.#ask('Debugger.setBreakpoint', {
        location,
        ...(condition ? { condition } : {}),
      })
      if (breakpointId) this.#set.set(script.path, [...(this.#set.get(script.path) ?? []), breakpointId])
    }
  }

  /** @param {readonly string[]} filters */
  async #setExceptions(filters) {
    const state = filters.includes('all') ? 'all' : filters.includes('uncaught') ? 'uncaught' : 'none'
    await this.#ask('Debugger.setPauseOnExceptions', { state })
    return { breakpoints: filters.map(() => ({ verified: true })) }
  }

  /** @param {Protocol.PausedEventDataType} event */
  async #paused({ reason, callFrames, hitBreakpoints = [], data }) {
    if (/** @type {string} */ (reason) === 'instrumentation') {
      const script = this.#scripts.get(String(Reflect.get(Object(data), 'scriptId')))
      if (script) await this.#arm(script)
      await this.#ask('Debugger.resume')
      return
    }
    const [top] = callFrames
    // Code that the compiler or the kernel added is gone over.
    if (top && !this.#scripts.originalOf(top.location)) {
      this.#goOn(this.#stepping ? 'Debugger.stepOver' : 'Debugger.resume', this.#stepping)
      return
    }
    this.#frames = callFrames
    const why =
      hitBreakpoints.length > 0
        ? 'breakpoint'
        : reason === 'exception'
          ? 'exception'
          : (this.#stepping ?? 'pause')
    this.#stepping = undefined
    this.#tell('stopped', { reason: why, threadId: THREAD, allThreadsStopped: true })
  }

  #stackTrace() {
    const stackFrames = this.#frames.flatMap((frame, id) => {
      const place = this.#scripts.originalOf(frame.location)
      if (!place) return []
      const { path, line, column } = place
      const name = frame.functionName || (path.startsWith(CELL_PREFIX) ? 'cell' : '(anonymous)')
      return [{ id, name, source: { name: path, path }, line, column }]
    })
    return { stackFrames, totalFrames: stackFrames.length }
  }

  /** @param {number} frameId */
  #scopes(frameId) {
    const frame = this.#frameOf(frameId)
    const names = { local: 'Locals', block: 'Block', closure: 'Closure', catch: 'Catch' }
    const scopes = frame.scopeChain.flatMap(({ type, object }) => {
      const name = Reflect.get(names, type)
      return name === undefined
        ? []
        : [{ name, variablesReference: this.#values.referenceOf(object, true), expensive: false }]
    })
    return { scopes }
  }

  /** @param {number} frameId */
  #frameOf(frameId) {
    const frame = this.#frames[frameId]
    if (!frame) throw new Error('no cell is stopped there')
    return frame
  }

  async #allVariables() {
    const { result } = await this.#ask('Runtime.evaluate', {
      expression: 'globalThis[Symbol.for("thesis.variables")]()',
      generatePreview: true,
    })
    return this.#values.variables(this.#values.referenceOf(result))
  }

  /**
   * @param {string} name
   * @param {number | undefined} frameId
   */
  async #richVariable(name, frameId) {
    const object = await this.#valueOf(name, frameId)
    return { data: { 'text/plain': textOf(object) }, metadata: {} }
  }

  /**
   * @param {string} expression
   * @param {number | undefined} frameId
   */
  async #evaluate(expression, frameId) {
    const object = await this.#valueOf(expression, frameId)
    return { result: textOf(object), type: object.type, variablesReference: this.#values.referenceOf(object) }
  }

  /**
   * @param {string} expression
   * @param {number | undefined} frameId
   * @returns {Promise<Runtime.RemoteObject>}
   */
  async #valueOf(expression, frameId) {
    // Names of earlier cells are no variables of a compiled cell, which finds them elsewhere.
    const withCells = `with (globalThis[Symbol.for("thesis.variables")]()) { (${expression}) }`
    const frame = this.#frames[frameId ?? 0]
    const attempts = frame
      ? [
          () =>
            this.#ask('Debugger.evaluateOnCallFrame', {
              callFrameId: frame.callFrameId,
              expression,
              generatePreview: true,
            }),
          () => this.#ask('Runtime.evaluate', { expression: withCells, generatePreview: true }),
        ]
      : [() => this.#ask('Runtime.evaluate', { expression: withCells, generatePreview: true })]
    let wrong = 'it has no value'
    for (const attempt of attempts) {
      const { result, exceptionDetails } = await attempt()
      if (!exceptionDetails) return result
      wrong = exceptionDetails.exception?.description ?? exceptionDetails.text
    }
    throw new Error(wrong.split('\n')[0])
  }

  /** @param {string} path */
  #source(path) {
    const content = this.#scripts.textOf(path)
    if (content === undefined) throw new Error(`there is no source ${path}`)
    return { content, mimeType: 'text/typescript' }
  }

  /**
   * @param {string} method
   * @param {string} [stepping]
   * @returns {undefined}
   */
  #goOn(method, stepping) {
    this.#stepping = stepping
    this.#frames = []
    this.#values.clear()
    this.#tell('continued', { threadId: THREAD, allThreadsContinued: true })
    this.#ask(method).catch(() => {})
  }

  /**
   * @param {string} event
   * @param {object} body
   */
  #tell(event, body) {
    this.#publish({ type: 'event', seq: this.#sequence++, event, body })
  }

  /**
   * @param {string} method
   * @param {object} [parameters]
   * @returns {Promise<any>}
   */
  #ask(method, parameters = {}) {
    return new Promise((resolve, reject) => {
      this.#inspector.post(method, parameters, (error, result) =>
        error ? reject(error) : resolve(result ?? {}),
      )
    })
  }
}

module.exports = { Debugger }
