// The names that cells have left behind, with their types and their values. A cell's variables are variables of the function that
// it is compiled to; later cells reach those that they use through the accessors here, each those of the cell that it was compiled
// against. What a cell still has running can thus never change a name that a newer cell declared.
const { ts } = require('./cell-compiler.cjs')
const { declare, isType, isValue } = require('./cell-scope.cjs')
const { isConstant, isVariable } = require('./cell-syntax.cjs')

/**
 * @import { CellScope, CompiledCell, DeclaredName } from './kernel-types.js'
 * @typedef {[get: () => unknown, set?: (value: unknown) => void]} Accessors
 * @typedef {{exports: object, accessors: Record<string, Accessors>, newer: Map<string, object>}} Bindings
 */

const MOST_REMEMBERED = 500

class CellSession {
  /** @type {CellScope} */
  scope = new Map()
  /** Names that a cell declared without leaving them, and why. @type {Map<string, string>} */
  lost = new Map()
  /** @type {Map<string, Bindings>} */
  #bindings = new Map()
  #dependencies = new Map()
  #drop
  /** Cells that were found right, which declare and import nothing. @type {Map<string, {state: string, cell: CompiledCell}>} */
  #right = new Map()
  /** What modules declare for all cells. @type {Map<string, readonly string[]>} */
  #global = new Map()

  /** @param {(module: string) => void} drop called for each module that nothing uses any more */
  constructor(drop) {
    this.#drop = drop
  }

  /**
   * What `require` gives for another cell's module.
   * @param {string} module
   */
  exportsOf(module) {
    const bindings = this.#bindings.get(module)
    if (!bindings) throw new Error(`There is no cell ${module}.`)
    return bindings.exports
  }

  /**
   * A cell that was found right before, in the same state of all that it depends on.
   * @param {string} text
   * @param {string} state
   */
  remembered(text, state) {
    const known = this.#right.get(text)
    return known?.state === state ? known.cell : undefined
  }

  /**
   * Remembers that a cell is right, so that running it again takes no check.
   * @param {string} state
   * @param {CompiledCell} cell
   */
  remember(state, cell) {
    if (this.#right.size >= MOST_REMEMBERED) this.#right.clear()
    this.#right.set(cell.text, { state, cell })
  }

  /** The names that have values, with these. */
  variables() {
    const entries = [...this.scope].flatMap(([name, { value }]) => {
      const get = value && this.#bindings.get(value.module)?.accessors[name]?.[0]
      return get ? [[name, currentValue(get)]] : []
    })
    return Object.fromEntries(entries)
  }

  /**
   * The modules that declare something for all cells, but for those that declare some of these names.
   * @param {readonly string[]} names
   */
  globalModules(names) {
    const own = names.filter((name) => name !== 'global')
    return [...this.#global].flatMap(([module, others]) =>
      others.some((name) => own.includes(name)) ? [] : [module],
    )
  }

  /**
   * A cell begins: the accessors of its variables are there, though not their values.
   * @param {CompiledCell} cell
   * @param {Record<string, Accessors>} accessors
   */
  enter({ module }, accessors) {
    const exports = {}
    /** @type {Map<string, object>} */
    const newer = new Map()
    for (const [name, [get, set]] of Object.entries(accessors)) {
      Object.defineProperty(exports, name, {
        enumerable: true,
        get: () => {
          const successor = newer.get(name)
          return successor ? Reflect.get(successor, name) : get()
        },
        set: (value) => {
          // From here on, those who use the older variable mean that one.
          newer.delete(name)
          set?.(value)
        },
      })
    }
    this.#bindings.set(module, { exports, accessors, newer })
  }

  /**
   * A cell has ended, well or not: the names that have a value are those of the session from now on.
   * @param {CompiledCell} cell
   * @param {string | null} failure what to say of names that were not reached; null for a cell that ended well
   */
  settle(cell, failure) {
    const accessors = this.#bindings.get(cell.module)?.accessors ?? {}
    this.#dependencies.set(cell.module, cell.dependencies)
    if (cell.globals.length > 0) {
      const kept = this.globalModules(cell.globals)
      for (const module of this.#global.keys()) if (!kept.includes(module)) this.#global.delete(module)
      this.#global.set(cell.module, cell.globals)
    }
    for (const [name, declared] of cell.names) {
      const hasValue = isValue(declared.meaning) && this.#isReached(declared, accessors[name], failure)
      if (hasValue || !isValue(declared.meaning)) this.#adopt(cell, name, declared)
      else if (failure !== null) this.#missed(name, declared, cell, failure)
    }
    this.#forgetUnused()
  }

  /**
   * @param {CompiledCell} cell
   * @param {string} name
   * @param {DeclaredName} declared
   */
  #adopt({ module }, name, declared) {
    const bindings = this.#bindings.get(module)
    if (bindings && isValue(declared.meaning)) {
      for (const older of declared.fits) this.#bindings.get(older)?.newer.set(name, bindings.exports)
    }
    const { symbol } = declared
    const get = bindings?.accessors[name]?.[0]
    declare(
      this.scope,
      name,
      {
        module,
        symbol: declared.meaning,
        ...(isValue(declared.meaning) ? {} : { beside: this.scope.get(name)?.value?.module }),
        ...(isVariable(symbol) && !isConstant(symbol) && !declared.admitsUndefined && get
          ? { isUnset: () => currentValue(get) === undefined }
          : {}),
      },
      declared.meaning,
    )
    this.lost.delete(name)
  }

  /**
   * @param {string} name
   * @param {DeclaredName} declared
   * @param {CompiledCell} cell
   * @param {string} failure
   */
  #missed(name, declared, cell, failure) {
    // An interface or a type is there whatever the cell came to; a class is not without its value.
    const types = declared.symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)
    const isClassLike = declared.symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Enum)
    if (types && !isClassLike && isType(declared.meaning))
      declare(this.scope, name, { module: cell.module, symbol: { ...declared.meaning, flags: types } })
    if (!this.scope.get(name)?.value) this.lost.set(name, failure)
  }

  /**
   * Whether a name of an ended cell has the value that its type speaks of.
   * @param {DeclaredName} declared
   * @param {Accessors | undefined} accessors
   * @param {string | null} failure
   */
  #isReached({ isAmbient, isHoisted }, accessors, failure) {
    if (isAmbient) return true
    if (!accessors) return false
    try {
      const value = accessors[0]()
      // `var`, enums and the like are there from the start, without their value.
      return failure === null || value !== undefined || !isHoisted
    } catch {
      return false
    }
  }

  #forgetUnused() {
    const used = new Set(this.#global.keys())
    const queue = [...this.#global.keys()]
    const use = (/** @type {string} */ module) => {
      if (used.has(module)) return
      used.add(module)
      queue.push(module)
    }
    for (const { value, type } of this.scope.values()) {
      if (value) use(value.module)
      if (type) use(type.module)
    }
    for (let next = queue.pop(); next !== undefined; next = queue.pop())
      for (const module of this.#dependencies.get(next) ?? []) use(module)
    for (const module of [...this.#dependencies.keys(), ...this.#bindings.keys()]) {
      if (used.has(module)) continue
      this.#dependencies.delete(module)
      this.#bindings.delete(module)
      this.#drop(module)
    }
  }
}

/** @param {() => unknown} get */
const currentValue = (get) => {
  try {
    return get()
  } catch {
    return undefined
  }
}

module.exports = { CellSession }
