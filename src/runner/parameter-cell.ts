import ts from 'typescript'
import {
  describeType,
  inferType,
  type ParameterType,
  readScope,
  readType,
  type TypeScope,
} from './parameter-types.js'

/** A parameter of a notebook. */
export interface Parameter {
  /** Its name; a field of a field is `outer.inner`. */
  readonly name: string
  readonly type: ParameterType
  /** Its value as it is written; undefined for an optional one that is not there. */
  readonly value: string | undefined
  /** The comment behind it or before it. */
  readonly comment: string
  /** Where its value stands in the source; an optional one that is not there is inserted here. */
  readonly place: { readonly start: number; readonly end: number; readonly insertBefore?: string }
}

/** The parameters that a cell's one object holds. Throws if the cell holds no such object, or more than one. */
export const readParameters = (source: string): readonly Parameter[] => {
  const file = ts.createSourceFile('parameters.ts', source, ts.ScriptTarget.Latest, true)
  const declarations = file.statements
    .filter((statement) => ts.isVariableStatement(statement))
    .flatMap((statement) => [...statement.declarationList.declarations])
  const candidates = declarations.flatMap((declaration) => {
    const object = declaration.initializer && objectLiteral(declaration.initializer)
    return object ? [{ declaration, object }] : []
  })
  const [chosen] =
    candidates.length > 1
      ? candidates.filter(({ declaration }) => nameOf(declaration) === 'parameters')
      : candidates
  if (!chosen) {
    const found = candidates.map(({ declaration }) => nameOf(declaration)).join(', ')
    throw new Error(
      `The cell tagged "parameters" must hold one object, such as \`const parameters = { epochs: 5 }\`${found ? `; it holds ${found}` : ''}.`,
    )
  }
  const scope = readScope(file)
  const declared = declaredType(chosen.declaration, scope)
  return readProperties(chosen.object, declared, scope, '')
}

const nameOf = ({ name }: ts.VariableDeclaration): string => name.getText()

const isWrapper = (
  node: ts.Expression,
): node is ts.AsExpression | ts.SatisfiesExpression | ts.ParenthesizedExpression =>
  ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)

/** The expression inside `(…) as T satisfies U`. */
const unwrap = (expression: ts.Expression): ts.Expression =>
  isWrapper(expression) ? unwrap(expression.expression) : expression

const objectLiteral = (expression: ts.Expression): ts.ObjectLiteralExpression | undefined => {
  const inner = unwrap(expression)
  return ts.isObjectLiteralExpression(inner) ? inner : undefined
}

const declaredType = (
  { type, initializer }: ts.VariableDeclaration,
  scope: TypeScope,
): ParameterType | undefined => {
  if (type) return readType(type, scope)
  return initializer ? statedType(initializer, scope) : undefined
}

/** The type that `as` or `satisfies` states for an object. */
const statedType = (expression: ts.Expression, scope: TypeScope): ParameterType | undefined => {
  if (!isWrapper(expression)) return undefined
  if (!ts.isParenthesizedExpression(expression)) {
    const stated = readType(expression.type, scope)
    if (stated.kind === 'object') return stated
  }
  return statedType(expression.expression, scope)
}

const readProperties = (
  object: ts.ObjectLiteralExpression,
  declared: ParameterType | undefined,
  scope: TypeScope,
  prefix: string,
): Parameter[] => {
  const types = declared?.kind === 'object' ? declared.properties : new Map<string, ParameterType>()
  const present = object.properties.flatMap((property) => {
    if (!property.name || ts.isComputedPropertyName(property.name)) return []
    const name = `${prefix}${ts.isIdentifier(property.name) || ts.isStringLiteral(property.name) ? property.name.text : property.name.getText()}`
    const declaredHere = types.get(name.slice(prefix.length))
    if (!ts.isPropertyAssignment(property)) {
      return [unsettable(name, declaredHere, property)]
    }
    const inner = objectLiteral(property.initializer)
    if (inner) {
      return readProperties(inner, declaredHere ?? statedType(property.initializer, scope), scope, `${name}.`)
    }
    return [readProperty(property, name, declaredHere, scope)]
  })
  const names = new Set(present.map(({ name }) => name))
  const isThere = (name: string): boolean =>
    names.has(name) || [...names].some((other) => other.startsWith(`${name}.`))
  const absent = [...types]
    .filter(([name]) => !isThere(`${prefix}${name}`))
    .map(([name, type]) => ({
      name: `${prefix}${name}`,
      type,
      value: undefined,
      comment: '',
      place: endOf(object, name),
    }))
  return [...present, ...absent]
}

const readProperty = (
  property: ts.PropertyAssignment,
  name: string,
  declared: ParameterType | undefined,
  scope: TypeScope,
): Parameter => {
  const inferred = inferType(property.initializer, scope)
  const type = declared && declared.kind !== 'unknown' ? declared : inferred
  const value = unwrap(property.initializer)
  return {
    name,
    type,
    value: value.getText(),
    comment: commentOf(property),
    place: { start: value.getStart(), end: value.getEnd() },
  }
}

const unsettable = (
  name: string,
  type: ParameterType | undefined,
  property: ts.ObjectLiteralElement,
): Parameter => ({
  name,
  type: { kind: 'unknown' },
  value: type ? `${property.getText()} (${describeType(type)})` : property.getText(),
  comment: commentOf(property),
  place: { start: property.getStart(), end: property.getEnd() },
})

/** Where an object takes one more property. */
const endOf = (object: ts.ObjectLiteralExpression, name: string): Parameter['place'] => {
  const last = object.properties.at(-1)
  const start = last ? last.getEnd() : object.getStart() + 1
  return { start, end: start, insertBefore: last ? `, ${name}: ` : ` ${name}: ` }
}

const commentOf = (property: ts.ObjectLiteralElement): string => {
  const text = property.getSourceFile().text
  const comma = /^\s*,/.exec(text.slice(property.getEnd()))?.[0].length ?? 0
  const behind = ts.getTrailingCommentRanges(text, property.getEnd() + comma) ?? []
  const before = ts.getLeadingCommentRanges(text, property.getFullStart()) ?? []
  // What stands on the line of the property before belongs to that one.
  const own = before.filter(({ pos }) => /\n[ \t]*$/.test(text.slice(0, pos)))
  const [range] = [...behind, ...own.slice(-1)]
  if (!range) return ''
  return text
    .slice(range.pos, range.end)
    .replace(/^\/\/+|^\/\*+|\*+\/$/g, '')
    .replace(/\n\s*\*?/g, ' ')
    .trim()
}
