import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkCellTypes } from '../../src/checks/cell-types.js'
import {
  describeProblem,
  type NotebookCode,
  type Problem,
  readCode,
} from '../../src/checks/notebook-cells.js'
import { temporaryFolder, writeCells } from '../runner/notebooks.js'

const folder = temporaryFolder()
afterAll(folder.remove)

writeFileSync(
  join(folder.path, 'shapes.ts'),
  `export interface Point { x: number; y: number }
export const point = (x: number, y: number): Point => ({ x, y })
export const area = (corner: Point, height: number): number => corner.x * height
`,
)

// All in one program, as the project's own notebooks are.
const notebooks: Record<string, string[]> = {
  good: [
    `import { type Point, point } from './shapes.js'
import { display } from 'tslab'
const origin: Point = point(0, 0)`,
    'let count = 0\nconst { x: left, ...rest } = origin\nenum Size { small, large }\nclass Cat { constructor(readonly name: string) {} }',
    'const half = await Promise.resolve(0.5)\nfor await (const n of [1, 2]) count += n',
    'interface Named { name: string }\ntype Pair<T> = [T, T]\nfunction swap<T>([a, b]: Pair<T>): Pair<T> { return [b, a] }',
    'const cats: Named[] = [new Cat("Tom")]\nconst pair: Pair<number> = swap([count, half])\ndisplay.text(cats[Size.small]!.name)',
    '({ count, pair, rest, left })',
  ],
  redeclared: [
    'const value = 5\ninterface Shape { side: number }',
    'const value = "five"\ntype Shape = "square"',
    'value.length',
    'const shape: Shape = "square"\nconst wrong: number = value',
  ],
  'value-and-type': [
    'interface Size { wide: number }',
    'const Size = { wide: 1 }',
    'const size: Size = Size\nSize.wide',
  ],
  'wrong-argument': [
    '// nothing yet',
    `import { area, point } from './shapes.js'

area(point(1, 2), 'far')`,
  ],
  'assigned-let': ['let text = "a"', 'text = "b"\ntext = 3'],
  'assigned-const': ['const text = "a"', 'text = "b"'],
  'unknown-name': ['', 'const a = 1', 'before + a', 'const before = 1'],
  strict: ['const list = [1]\nlist.at(0) + 1', 'const id = (x) => x'],
  exported: ['const a = 1\nexport const b = a'],
  syntax: ['const a = 1', 'let b = = 3'],
  'unknown-module': ["import { late } from './late.js'\nlate"],
  'private-members': ['const An = class { private p = 1 }', 'new An()'],
  'end-of-cell': ['const twice = 1', 'const other = 1\ntwice = other'],
}

let problems: Map<string, readonly Problem[]>
let code: NotebookCode[]

beforeAll(() => {
  code = Object.entries(notebooks).map(([name, cells]) =>
    readCode(writeCells(join(folder.path, `${name}.ipynb`), cells)),
  )
  const found = checkCellTypes(code)
  problems = new Map(
    Object.keys(notebooks).map((name) => [
      name,
      found.filter(({ file }) => file === join(folder.path, `${name}.ipynb`)),
    ]),
  )
})

const told = (name: string): string[] =>
  (problems.get(name) ?? []).map(({ cell, line, message }) => `cell ${cell}, line ${line}: ${message}`)

test('a good notebook has no problem', () => {
  expect(told('good')).toEqual([])
  expect(told('value-and-type')).toEqual([])
})

test('a wrong type is found in its cell and line, with its notebook', () => {
  expect((problems.get('wrong-argument') ?? []).map(describeProblem)).toEqual([
    expect.stringMatching(
      /^\.cache\/test-\w+\/wrong-argument\.ipynb, cell 2, line 3: Argument of type 'string' is not assignable to parameter of type 'number'\. \(TS2345\)$/,
    ),
  ])
})

test('a name that a later cell declares anew has its new type from there on', () => {
  expect(told('redeclared')).toEqual([
    "cell 4, line 2: Type 'string' is not assignable to type 'number'. (TS2322)",
  ])
})

describe('a later cell', () => {
  test('may give a variable another value of its type only', () => {
    expect(told('assigned-let')).toEqual([
      "cell 2, line 2: Type 'number' is not assignable to type 'string'. (TS2322)",
    ])
  })

  test('may not give a constant another value', () => {
    expect(told('assigned-const')).toEqual([
      "cell 2, line 1: Cannot assign to 'text' because it is a constant. (TS2588)",
    ])
    expect(told('end-of-cell')).toEqual([
      "cell 2, line 2: Cannot assign to 'twice' because it is a constant. (TS2588)",
    ])
  })

  test('is not seen by the cells before it, and empty cells do not count', () => {
    expect(told('unknown-name')).toEqual(["cell 2, line 1: Cannot find name 'before'. (TS2304)"])
  })
})

test('a class without a name may have private members', () => {
  expect(told('private-members')).toEqual([])
})

test('types are strict', () => {
  expect(told('strict')).toEqual([
    "cell 1, line 2: Object is possibly 'undefined'. (TS2532)",
    "cell 2, line 1: Parameter 'x' implicitly has an 'any' type. (TS7006)",
  ])
})

test.each([
  [
    'exported',
    'cell 1, line 2: A cell exports nothing: later cells see its names as they are. Remove "export".',
  ],
  ['syntax', 'cell 2, line 1: Expression expected. (TS1109)'],
  [
    'unknown-module',
    "cell 1, line 1: Cannot find module './late.js' or its corresponding type declarations. (TS2307)",
  ],
])('what the kernel refuses is a problem: %s', (name, message) => {
  expect(told(name)).toEqual([message])
})
