import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TestKernel } from './kernels.js'

let kernel: TestKernel
beforeAll(async () => {
  kernel = await TestKernel.start()
})
afterAll(() => kernel?.shutdown())

const error = async (code: string): Promise<string> => (await kernel.fail(code)).evalue

describe('a name whose cell was run again', () => {
  test('has the value of the newer cell, though the older one, interrupted, goes on', async () => {
    const run = await kernel.interruptAtOutput(
      `console.log('on'); const model = await new Promise<string>((done) => setTimeout(() => done('OLD'), 200))
const after = 'after the await'
Reflect.set(globalThis, 'oldModelArrived', true)`,
    )
    expect(run.outputs.errors.map(({ ename }) => ename)).toEqual(['Interrupted'])
    await kernel.show('const model = 3')
    await kernel.show(
      `while (!Reflect.get(globalThis, 'oldModelArrived')) await new Promise((done) => setTimeout(done, 10))`,
    )
    expect(await kernel.show('model')).toBe('3')
    expect(await kernel.typeOf('model')).toContain('model: 3')
    expect(await error('after')).toMatch(/Cannot find name 'after'.*interrupted before it had a value/)
  })

  test('keeps its value and its type where the newer run fails before it has one', async () => {
    await kernel.show('const weights = { w: 1 }\nclass Layer { size = 1 }\nlet rate: number | string = 5')
    await error(
      `const weights = await (async (): Promise<{ w: string }> => { throw new Error('net') })()\nclass Layer { size = 'x' }\nlet rate = true`,
    )
    expect(await kernel.show('[weights.w + 1, new Layer().size + 1, rate]')).toBe('[ 2, 2, 5 ]')
    await kernel.show('rate = "x"')
  })

  test('has the newer value and type where the run fails after it has one', async () => {
    await kernel.show(`const keep = 'old'`)
    await error(`const keep = 5; throw new Error('x')`)
    expect(await error('keep.toUpperCase()')).toContain("'toUpperCase' does not exist on type '5'")
    expect(await kernel.show('keep + 1')).toBe('6')
  })

  test('that was not there before is kept where the run fails after it', async () => {
    await error(`const before1 = 1; let before2 = [2]; var before3 = 3; throw new Error('x')`)
    expect(await kernel.show('[before1, before2, before3]')).toBe('[ 1, [ 2 ], 3 ]')
  })

  test('is said to be gone, and why, where no run left it a value', async () => {
    await error(`throw new Error('x'); const missing = 1; var neither = 2; enum Nor { a }`)
    expect(await error('missing')).toMatch(
      /^Cannot find name 'missing': cell \[\d+\], which declares it, failed before it had a value$/,
    )
    expect(await error('neither')).toContain('failed before it had a value')
    expect(await error('Nor.a')).toContain('failed before it had a value')
    await kernel.show('const missing = 2')
    expect(await kernel.show('missing')).toBe('2')
  })

  test('is the newest function for those that call it, as long as its type fits', async () => {
    await kernel.show('const scale = (x: number) => 2 * x')
    await kernel.show('const twice = () => scale(10)')
    await kernel.show('const scale = (x: number) => 3 * x')
    expect(await kernel.show('twice()')).toBe('30')
    await kernel.show('const scale = (x: string) => x')
    expect(await kernel.show('twice()')).toBe('30')
  })

  test('is never changed by a function of before that assigns to the older variable', async () => {
    await kernel.show('let total = 1')
    await kernel.show('const add = (n: number) => { total += n; return total }')
    await kernel.show('let total = 100')
    expect(await kernel.show('[add(1), total]')).toBe('[ 2, 100 ]')
    await kernel.show('let total = "text"')
    expect(await kernel.show('[add(1), total]')).toBe("[ 3, 'text' ]")
  })
})

describe('types and values agree', () => {
  test('of a variable that has no value yet', async () => {
    await kernel.show('let later: number')
    expect(await error('later.toFixed()')).toContain("'later' is possibly 'undefined'")
    expect(await kernel.show('later = 5; later.toFixed(1)')).toBe('5.0')
    expect(await kernel.show('later.toFixed(2)')).toBe('5.00')
  })

  test('of a variable in a block, and of a namespace, an enum and an overloaded function', async () => {
    await kernel.show('if (true) { var vb = 9 }')
    expect(await kernel.show('vb')).toBe('9')
    await kernel.show(`namespace Shapes { export const sides = 4; export interface Shape { sides: number } }
enum Size { small = 1, large }
function pick(x: number): number
function pick(x: string): string
function pick(x: unknown): unknown { return x }`)
    expect(
      await kernel.show(
        'const shape: Shapes.Shape = Shapes; [shape.sides, Size[2], pick(1) + 1, pick("a").length]',
      ),
    ).toBe("[ 4, 'large', 2, 1 ]")
  })

  test('of a name whose type and value are declared in two cells', async () => {
    await kernel.show('interface Pair { a: number }')
    await kernel.show('const Pair = { of: (a: number): Pair => ({ a }) }')
    expect(await kernel.show('const pair: Pair = Pair.of(2); pair.a')).toBe('2')
  })

  test('of a name whose value is declared before its type', async () => {
    await kernel.show('const User = { parse: (x: unknown) => x as { name: string } }')
    await kernel.show('type User = ReturnType<typeof User.parse>')
    expect(await kernel.show(`const u: User = User.parse({ name: 'a' }); u.name`)).toBe('a')
    await kernel.show('function Pt() { return 1 }')
    await kernel.show('interface Pt { x: number }')
    expect(await kernel.show('const pt: Pt = { x: Pt() }; pt.x')).toBe('1')
  })

  test('of what is only declared, and is there', async () => {
    await kernel.show('declare function given(): number')
    await kernel.show(`Reflect.set(globalThis, 'given', () => 7)`)
    expect(await kernel.show('given()')).toBe('7')
  })

  test('of lists whose type grows', async () => {
    await kernel.show('const results = []')
    await kernel.show('results.push(1)')
    expect(await kernel.show('results.length')).toBe('1')
  })

  test('of what is imported, as a type or as a value', async () => {
    await kernel.show(`import { type Point, point as makePoint } from '../src/shapes.js'`)
    await kernel.show(`import type * as shapes from '../src/shapes.js'`)
    expect(await kernel.show('const p: Point = makePoint(1, 2); const q: shapes.Point = p; q.y')).toBe('2')
    expect(await error('shapes.point(1, 2)')).toContain('cannot be used as a value')
  })
})

describe('the compiler of cells is that of the project', () => {
  test('using, decorators, JSON imports with attributes and satisfies', async () => {
    expect(
      await kernel.show(`const log: string[] = []
{ using r = { [Symbol.dispose]() { log.push('disposed') } } }
log satisfies string[]`),
    ).toBe("[ 'disposed' ]")
    await kernel.show('using resource = { value: 3, [Symbol.dispose]() {} }')
    expect(await kernel.show('resource.value')).toBe('3')
    expect(
      await kernel.show(`function named<T extends new (...args: any[]) => object>(value: T, context: ClassDecoratorContext<T>) {
  log.push(String(context.name))
}
@named class Decorated { private secret = 1; #hidden = 2; sum() { return this.secret + this.#hidden } }
log.join() + new Decorated().sum()`),
    ).toBe('disposed,Decorated3')
    expect(
      await kernel.show(
        `import description from '../../../../package.json' with { type: 'json' }\ndescription.name`,
      ),
    ).toBe('executable-thesis')
  })

  test('classes with private members, returned and unnamed', async () => {
    await kernel.show('const An = class { private p = 1; q = 2 }')
    await kernel.show('const make = () => { class Local { private p = 1; q = 3 }; return new Local() }')
    expect(await kernel.show('[new An().q, make().q]')).toBe('[ 2, 3 ]')
    expect(await error('new An().p')).toContain("Property 'p' is private")
  })

  test('what is declared for all cells, and a cell that is not checked', async () => {
    await kernel.show('declare global { var zed: number }\nglobalThis.zed = 4')
    expect(await kernel.show('zed + 1')).toBe('5')
    await kernel.show('declare global { var zed: string }\nglobalThis.zed = "anew"')
    expect(await kernel.show('zed.length')).toBe('4')
    expect(await kernel.show(`// @ts-nocheck\nconst unchecked: string = 5\nunchecked`)).toBe('5')
  })

  test('a function that ends a cell has no name of the kernel', async () => {
    expect(await kernel.show('(x: number) => x')).toBe('[Function (anonymous)]')
  })

  test('names of CommonJS may be declared, as in an ES module', async () => {
    await kernel.show(`import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { dirname } from 'node:path'
const require = createRequire(import.meta.url)
const __filename = fileURLToPath(import.meta.url)
const __dirname = dirname(__filename)
const exports = 1
class Object {}`)
    expect(await kernel.show(`[require('node:path').basename(__dirname), exports]`)).toBe(
      "[ 'notebooks', 1 ]",
    )
    expect(await kernel.show(`typeof require.resolve('node:fs')`)).toBe('string')
  })

  test('await in a computed name, and both errors where disposing fails too', async () => {
    expect(
      await kernel.show(
        `const key = Promise.resolve('k'); const om = { [await key]() { return 4 } }; om['k']!()`,
      ),
    ).toBe('4')
    const { traceback } = await kernel.fail(
      `{ using r = { [Symbol.dispose]() { throw new Error('in dispose') } }; throw new Error('in body') }`,
    )
    expect(traceback.join('\n')).toMatch(/in dispose[\s\S]*in body/)
  })

  test('where a cell is', async () => {
    expect(await kernel.show('[import.meta.dirname === __dirname, __dirname === process.cwd()]')).toBe(
      '[ true, true ]',
    )
    expect(await kernel.show(`new URL('./x.csv', import.meta.url).pathname === __dirname + '/x.csv'`)).toBe(
      'true',
    )
    expect(await kernel.show(`require('node:path').basename('/a/b')`)).toBe('b')
  })
})
