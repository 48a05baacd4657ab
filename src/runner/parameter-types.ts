import ts from 'typescript'
import type { Json } from './json.js'

/** The type of a parameter, as far as it can be seen in the cell. */
export type ParameterType =
  | { readonly kind: 'number' | 'string' | 'boolean' }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null | undefined }
  | { readonly kind: 'union'; readonly options: readonly ParameterType[] }
  | { readonly kind: 'array'; readonly element: ParameterType }
  | { readonly kind: 'tuple'; readonly elements: readonly ParameterType[] }
  | { readonly kind: 'object'; readonly properties: ReadonlyMap<string, ParameterType> }
  /** Declared elsewhere, or the value of an expression. */
  | { readonly kind: 'unknown' }

const UNKNOWN: ParameterType = { kind: 'unknown' }

/** The type as TypeScript writes it. */
export const describeType = (type: ParameterType): string => {
  switch (type.kind) {
    case 'literal':
      return typeof type.value === 'string' ? quote(type.value) : String(type.value)
    case 'union':
      return type.options.map(describeType).join(' | ')
    case 'array':
      return type.element.kind === 'union'
        ? `(${describeType(type.element)})[]`
        : `${describeType(type.element)}[]`
    case 'tuple':
      return `[${type.elements.map(describeType).join(', ')}]`
    case 'object':
      return `{ ${[...type.properties].map(([name, field]) => `${name}: ${describeType(field)}`).join(', ')} }`
    default:
      return type.kind
  }
}

/** Text as a literal in single quotes. */
export const quote = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`

/** Whether a value belongs to a type; a value of an unknown type may be anything simple. */
export const belongsTo = (value: Json | undefined, type: ParameterType): boolean => {
  switch (type.kind) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'string':
    case 'boolean':
      return typeof value === type.kind
    case 'literal':
      return value === type.value
    case 'union':
      return type.options.some((option) => belongsTo(value, option))
    case 'array':
      return Array.isArray(value) && value.every((element) => belongsTo(element, type.element))
    case 'tuple':
      return (
        Array.isArray(value) &&
        value.length === type.elements.length &&
        type.elements.every((element, i) => belongsTo(value[i], element))
      )
    default:
      return false
  }
}

/** The declarations of a cell that types can refer to. */
export interface TypeScope {
  readonly types: ReadonlyMap<string, ts.TypeAliasDeclaration | ts.InterfaceDeclaration>
  readonly constants: ReadonlyMap<string, ts.Expression>
}

/** The type aliases, interfaces and constants at the top of a file. */
export const readScope = (file: ts.SourceFile): TypeScope => {
  const types = new Map<string, ts.TypeAliasDeclaration | ts.InterfaceDeclaration>()
  const constants = new Map<string, ts.Expression>()
  for (const statement of file.statements) {
    if (ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)) {
      types.set(statement.name.text, statement)
    }
    if (!ts.isVariableStatement(statement)) continue
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (ts.isIdentifier(name) && initializer) constants.set(name.text, initializer)
    }
  }
  return { types, constants }
}

/** Reads a written type. */
export const readType = (node: ts.TypeNode, scope: TypeScope, depth = 0): ParameterType => {
  const read = (inner: ts.TypeNode): ParameterType =>
    depth > 20 ? UNKNOWN : readType(inner, scope, depth + 1)
  if (ts.isParenthesizedTypeNode(node)) return read(node.type)
  if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword) return read(node.type)
  if (ts.isLiteralTypeNode(node)) return readLiteralType(node)
  if (ts.isUnionTypeNode(node)) return { kind: 'union', options: node.types.map(read) }
  if (ts.isArrayTypeNode(node)) return { kind: 'array', element: read(node.elementType) }
  if (ts.isTupleTypeNode(node)) {
    return { kind: 'tuple', elements: node.elements.map((e) => read(ts.isNamedTupleMember(e) ? e.type : e)) }
  }
  if (ts.isTypeLiteralNode(node)) return readMembers(node.members, read)
  if (ts.isTypeReferenceNode(node)) return readReference(node, scope, read)
  if (ts.isIndexedAccessTypeNode(node)) return readElementsOfConstant(node, scope)
  return readKeyword(node)
}

const readKeyword = (node: ts.TypeNode): ParameterType => {
  switch (node.kind) {
    case ts.SyntaxKind.NumberKeyword:
      return { kind: 'number' }
    case ts.SyntaxKind.StringKeyword:
      return { kind: 'string' }
    case ts.SyntaxKind.BooleanKeyword:
      return { kind: 'boolean' }
    case ts.SyntaxKind.UndefinedKeyword:
      return { kind: 'literal', value: undefined }
    default:
      return UNKNOWN
  }
}

const readLiteralType = ({ literal }: ts.LiteralTypeNode): ParameterType => {
  const value = constantValue(literal)
  return value === NO_CONSTANT || Array.isArray(value) || (typeof value === 'object' && value !== null)
    ? UNKNOWN
    : { kind: 'literal', value }
}

const readMembers = (
  members: ts.NodeArray<ts.TypeElement>,
  read: (node: ts.TypeNode) => ParameterType,
): ParameterType => {
  const properties = new Map<string, ParameterType>()
  for (const member of members) {
    if (!ts.isPropertySignature(member) || !member.type) continue
    if (!ts.isIdentifier(member.name) && !ts.isStringLiteral(member.name)) continue
    const type = read(member.type)
    const absent: ParameterType = { kind: 'literal', value: undefined }
    properties.set(member.name.text, member.questionToken ? { kind: 'union', options: [type, absent] } : type)
  }
  return { kind: 'object', properties }
}

const readReference = (
  { typeName, typeArguments }: ts.TypeReferenceNode,
  scope: TypeScope,
  read: (node: ts.TypeNode) => ParameterType,
): ParameterType => {
  if (!ts.isIdentifier(typeName)) return UNKNOWN
  const [argument] = typeArguments ?? []
  if (argument && ['Array', 'ReadonlyArray'].includes(typeName.text))
    return { kind: 'array', element: read(argument) }
  if (argument && ['Readonly', 'Partial', 'Required'].includes(typeName.text)) return read(argument)
  const declaration = scope.types.get(typeName.text)
  if (!declaration || declaration.typeParameters) return UNKNOWN
  return ts.isInterfaceDeclaration(declaration)
    ? readMembers(declaration.members, read)
    : read(declaration.type)
}

/** `(typeof NAMES)[number]`, where the cell holds `const NAMES = ['a', 'b'] as const`. */
const readElementsOfConstant = (
  { objectType, indexType }: ts.IndexedAccessTypeNode,
  scope: TypeScope,
): ParameterType => {
  const query = ts.isParenthesizedTypeNode(objectType) ? objectType.type : objectType
  if (!ts.isTypeQueryNode(query) || !ts.isIdentifier(query.exprName)) return UNKNOWN
  if (indexType.kind !== ts.SyntaxKind.NumberKeyword) return UNKNOWN
  const constant = scope.constants.get(query.exprName.text)
  const values = constant ? constantValue(constant) : NO_CONSTANT
  if (values === NO_CONSTANT || !Array.isArray(values)) return UNKNOWN
  return {
    kind: 'union',
    options: values.map((value) => ({ kind: 'literal', value })),
  }
}

/** The type of a value as it is written, where no type is declared. */
export const inferType = (expression: ts.Expression, scope: TypeScope): ParameterType => {
  if (ts.isParenthesizedExpression(expression)) return inferType(expression.expression, scope)
  if (ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression)) {
    const isConst = ts.isTypeReferenceNode(expression.type) && expression.type.typeName.getText() === 'const'
    const stated = isConst ? UNKNOWN : readType(expression.type, scope)
    return stated.kind === 'unknown' ? inferType(expression.expression, scope) : stated
  }
  if (ts.isArrayLiteralExpression(expression)) {
    const kinds = expression.elements.map((element) => inferType(element, scope))
    const different = kinds.filter(
      (a, i) => kinds.findIndex((b) => describeType(a) === describeType(b)) === i,
    )
    const [only = UNKNOWN] = different
    return { kind: 'array', element: different.length > 1 ? { kind: 'union', options: different } : only }
  }
  const value = constantValue(expression)
  switch (typeof value) {
    case 'number':
      return { kind: 'number' }
    case 'string':
      return { kind: 'string' }
    case 'boolean':
      return { kind: 'boolean' }
    default:
      return value === null ? { kind: 'literal', value } : UNKNOWN
  }
}

/** The value that a literal, or an array of literals, stands for; undefined for any other expression. */
export const literalValue = (text: string): Json | undefined => {
  const file = ts.createSourceFile('value.ts', `(${text})`, ts.ScriptTarget.Latest, true)
  const [statement] = file.statements
  if (!statement || !ts.isExpressionStatement(statement)) return undefined
  const value = constantValue(statement.expression)
  return value === NO_CONSTANT ? undefined : value
}

const NO_CONSTANT = Symbol('no constant')

/** The value of a literal expression. */
const constantValue = (node: ts.Node): ConstantValue | typeof NO_CONSTANT => {
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isNumericLiteral(node)) return Number(node.text)
  if (ts.isAsExpression(node) || ts.isParenthesizedExpression(node)) return constantValue(node.expression)
  if (ts.isPrefixUnaryExpression(node)) {
    const operand = constantValue(node.operand)
    if (typeof operand !== 'number') return NO_CONSTANT
    if (node.operator === ts.SyntaxKind.MinusToken) return -operand
    return node.operator === ts.SyntaxKind.PlusToken ? operand : NO_CONSTANT
  }
  if (ts.isArrayLiteralExpression(node)) {
    const values: (string | number | boolean | null)[] = []
    for (const element of node.elements) {
      const value = constantValue(element)
      if (value === NO_CONSTANT || Array.isArray(value)) return NO_CONSTANT
      values.push(value)
    }
    return values
  }
  switch (node.kind) {
    case ts.SyntaxKind.TrueKeyword:
      return true
    case ts.SyntaxKind.FalseKeyword:
      return false
    case ts.SyntaxKind.NullKeyword:
      return null
    default:
      return NO_CONSTANT
  }
}

type Simple = string | number | boolean | null
type ConstantValue = Simple | Simple[]
