// Values of a stopped cell as a debugger shows them, each with a number by which its parts are asked for.

/**
 * @import { Runtime } from 'node:inspector'
 * @typedef {{name: string, value: string, type: string, variablesReference: number, evaluateName: string}} Variable
 */

/** Names of what the kernel gives to compiled cells, and of what compilers add. */
const HIDDEN =
  /^(\$|__(create|set|import|export|esDecorate|runInitializers|addDisposable|disposeResources|rest|awaiter|filename$|dirname$)|exports$|require$|module$|arguments$|this$|env_\d+$|e_\d+$)/

/** Objects that hold the variables of earlier cells. */
const CELL = /^__cell_\d+__/

class DebuggedValues {
  #ask
  /** @type {Map<number, {objectId: string, isScope: boolean}>} */
  #objects = new Map()
  #next = 1

  /** @param {(method: string, parameters?: object) => Promise<any>} ask the inspector */
  constructor(ask) {
    this.#ask = ask
  }

  /** Forgets all, since after going on nothing is as it was. */
  clear() {
    this.#objects.clear()
    this.#next = 1
  }

  /**
   * The number of an object; 0 for what has no parts.
   * @param {Runtime.RemoteObject} object
   * @param {boolean} [isScope]
   */
  referenceOf({ objectId }, isScope = false) {
    if (objectId === undefined) return 0
    const reference = this.#next++
    this.#objects.set(reference, { objectId, isScope })
    return reference
  }

  /**
   * @param {string} name
   * @param {Runtime.RemoteObject} object
   * @returns {Variable}
   */
  describe(name, object) {
    return {
      name,
      value: textOf(object),
      type: typeOf(object),
      variablesReference: this.referenceOf(object),
      evaluateName: name,
    }
  }

  /**
   * The parts of an object; of a scope, also what earlier cells left, which it sees.
   * @param {number} reference
   * @returns {Promise<Variable[]>}
   */
  async variables(reference) {
    const found = this.#objects.get(reference)
    if (!found) return []
    const properties = await this.#properties(found.objectId)
    if (!found.isScope) return properties.map(({ name, value }) => this.describe(name, value))
    const own = properties.filter(({ name }) => !HIDDEN.test(name) && !CELL.test(name) && !/_\d+$/.test(name))
    const ofCells = []
    for (const { name, value } of properties) {
      if (!CELL.test(name) || value.objectId === undefined) continue
      const copy = await this.#ask('Runtime.callFunctionOn', {
        objectId: value.objectId,
        functionDeclaration: 'function () { return { ...this } }',
      })
      if (copy.result?.objectId) ofCells.push(...(await this.#properties(copy.result.objectId)))
    }
    return [...own, ...ofCells].map(({ name, value }) => this.describe(name, value))
  }

  /**
   * @param {string} objectId
   * @returns {Promise<{name: string, value: Runtime.RemoteObject}[]>}
   */
  async #properties(objectId) {
    const { result = [] } = await this.#ask('Runtime.getProperties', {
      objectId,
      ownProperties: true,
      generatePreview: true,
    })
    return result.flatMap((/** @type {Runtime.PropertyDescriptor} */ { name, value, isOwn, symbol }) =>
      value && isOwn !== false && !symbol && name !== '__proto__' ? [{ name, value }] : [],
    )
  }
}

/**
 * A type by which JupyterLab shows the value: it knows the names of Python's, and shows the type itself of all others.
 * @param {Runtime.RemoteObject} object
 */
const typeOf = ({ type, subtype, description, className }) => {
  const known = /** @type {Record<string, string>} */ ({ number: 'float', boolean: 'bool', string: 'str' })[
    type
  ]
  return known ?? (type === 'object' ? (description ?? className) : undefined) ?? subtype ?? type
}

/** @param {Runtime.RemoteObject} object */
const textOf = (object) => {
  const { type, subtype, value, description, unserializableValue, preview } = object
  if (type === 'string') return JSON.stringify(value)
  if (type === 'undefined') return 'undefined'
  if (subtype === 'null') return 'null'
  if (type !== 'object' || !preview) return String(unserializableValue ?? description ?? value)
  const isArray = preview.subtype === 'array' || preview.subtype === 'typedarray'
  const parts = preview.properties.map(({ name, value: text, type: kind }) => {
    const shown = kind === 'string' ? JSON.stringify(text) : text
    return isArray ? shown : `${name}: ${shown}`
  })
  const inside = [...parts, ...(preview.overflow ? ['…'] : [])].join(', ')
  const head = description && description !== 'Object' ? `${description} ` : ''
  return isArray ? `${head}[${inside}]` : `${head}{${inside}}`
}

module.exports = { DebuggedValues, textOf }
