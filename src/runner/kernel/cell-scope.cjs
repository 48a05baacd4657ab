// How a cell sees the names of earlier cells: each cell is a module of its own, which exports what it declares and imports what
// it uses of others. The latest declaration of a name counts, apart for values and for types, since one may be declared anew
// without the other.
const { ts } = require('./cell-compiler.cjs')
const { isConstant, isVariable, localsOf, usedNames } = require('./cell-syntax.cjs')

/**
 * @import { Symbol } from 'typescript'
 * @import { BoundSourceFile, CellScope, Declaration, Meanings } from './kernel-types.js'
 */

const { Alias, Namespace, Type, Value } = ts.SymbolFlags

/** @param {Pick<Symbol, 'flags'>} symbol */
const isValue = ({ flags }) => (flags & (Value | Alias)) !== 0

/** @param {Pick<Symbol, 'flags'>} symbol */
const isType = ({ flags }) => (flags & (Type | Namespace | Alias)) !== 0

/**
 * Makes a declaration the latest one of its name.
 * @param {CellScope} scope
 * @param {string} name
 * @param {Declaration} declaration
 * @param {Pick<Symbol, 'flags'>} [meaning] as what. Default: as all that it declares
 */
const declare = (scope, name, declaration, meaning = declaration.symbol) => {
  scope.set(name, {
    ...scope.get(name),
    ...(isValue(meaning) ? { value: declaration } : {}),
    ...(isType(meaning) ? { type: declaration } : {}),
  })
}

/**
 * What stands behind a cell's text so that it is a module that can be type-checked.
 * @param {BoundSourceFile} file the cell alone
 * @param {CellScope} scope
 * @param {ReadonlySet<string>} [wanted] the names to import. Default: those that the cell uses
 */
const moduleLines = (file, scope, wanted = usedNames(file)) => {
  const locals = localsOf(file)
  return [`export { ${[...locals.keys()].join(', ')} }`, ...importLines(wanted, locals, scope)].join('\n')
}

/**
 * @param {ReadonlySet<string>} wanted
 * @param {ReadonlyMap<string, Symbol>} locals
 * @param {CellScope} scope
 */
const importLines = (wanted, locals, scope) =>
  [...scope].flatMap(([name, { value, type }]) => {
    if (!wanted.has(name)) return []
    const local = locals.get(name)
    return importOf(
      name,
      {
        ...(value && !(local && isValue(local)) ? { value } : {}),
        ...(type && !(local && isType(local)) ? { type } : {}),
      },
      local !== undefined,
    )
  })

/**
 * What makes a name of earlier cells known; a variable stays one, to which a cell may assign.
 * @param {string} name
 * @param {Meanings} meanings
 * @param {boolean} isPartlyLocal
 * @returns {string[]}
 */
const importOf = (name, { value, type }, isPartlyLocal) => {
  // What is a type too, such as a constant beside an interface, comes as both.
  if (value && type && type.module !== value.module && type.beside === value.module)
    return isPartlyLocal ? [] : [`import { ${name} } from '${type.module}'`]
  if (
    value &&
    !isPartlyLocal &&
    (type?.module === value.module || (!isVariable(value.symbol) && (!type || isValue(type.symbol))))
  )
    return [`import { ${name} } from '${value.module}'`]
  // A class or an enum whose value is another now has no type of its own any more.
  const isTypeOnly = type && !isValue(type.symbol)
  return [
    ...(value ? [variableOf(name, value)] : []),
    ...(type && isTypeOnly ? [`import { ${name} } from '${type.module}'`] : []),
  ]
}

/**
 * @param {string} name
 * @param {Declaration} declaration
 */
const variableOf = (name, { module, symbol, isUnset }) =>
  `declare ${isConstant(symbol) || !isVariable(symbol) ? 'const' : 'let'} ${name}: typeof import('${module}').${name}${isUnset?.() ? ' | undefined' : ''}`

/**
 * The names of earlier cells whose values a cell uses, by the module that each is from.
 * @param {BoundSourceFile} file the cell alone
 * @param {CellScope} scope
 * @returns {Map<string, string[]>}
 */
const valuesByModule = (file, scope) => {
  const [used, locals] = [usedNames(file), localsOf(file)]
  /** @type {Map<string, string[]>} */
  const modules = new Map()
  for (const [name, { value }] of scope) {
    const local = locals.get(name)
    if (!value || !used.has(name) || (local && isValue(local))) continue
    modules.set(value.module, [...(modules.get(value.module) ?? []), name])
  }
  return modules
}

module.exports = { declare, isType, isValue, moduleLines, valuesByModule }
