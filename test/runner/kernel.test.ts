import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { objectField } from '../../src/runner/json.js'
import { type CellRun, TestKernel, textOf } from './kernels.js'
import { temporaryFolder } from './notebooks.js'

const temporary = temporaryFolder()
let kernel: TestKernel

beforeAll(async () => {
  kernel = await TestKernel.start()
})

afterAll(async () => {
  await kernel?.shutdown()
  temporary.remove()
})

const allText = ({ outputs }: CellRun): string => outputs.list.map(textOf).join('')
const run: TestKernel['run'] = (...request) => kernel.run(...request)
const show = (code: string): Promise<string> => kernel.show(code)

/** Runs a cell that must fail, and returns the one error it shows. */
const fail: TestKernel['fail'] = async (code) => {
  const { status, outputs } = await kernel.run(code)
  expect(status).toBe('error')
  expect(outputs.errors).toHaveLength(1)
  return outputs.errors[0]!
}

describe('imports', () => {
  test('a cell imports a tree of TypeScript sources from outside its folder', async () => {
    await show(
      `import { type Point, point, square } from '../src/shapes.js'\nconst origin: Point = point(0, 0)`,
    )
    expect(await show('square(origin, 3)')).toBe('9')
  })

  test('a source may use import.meta and import() though cells run as CommonJS', async () => {
    expect(await show(`import { firstWord } from '../src/geometry/area.js'\nfirstWord()`)).toBe('import')
    expect(await show(`import { loadLater } from '../src/shapes.js'\nawait loadLater()`)).toBe('2')
  })

  test('a wrong argument across an import is a type error of the cell', async () => {
    const { ename, evalue, traceback } = await fail(
      `import { area, point as p } from '../src/shapes.js'\n\narea(p(1, 2), 'far')`,
    )
    expect(ename).toBe('TypeScriptError')
    expect(evalue).toContain("'string' is not assignable to parameter of type 'Point'")
    expect(traceback.join('\n')).toMatch(
      /at cell \[\d+\]:3:15\n\s+3 \| area\(p\(1, 2\), 'far'\)\n\s+\| {15}\^/,
    )
  })

  test('a missing module is a type error, and can be imported once it is there', async () => {
    const folder = join(temporary.path, 'late')
    const cell = `import { late } from '../../../../.cache/${temporary.path.split('/').at(-1)}/late/late.js'\nlate`
    expect((await fail(cell)).evalue).toContain('Cannot find module')
    mkdirSync(folder)
    writeFileSync(join(folder, 'late.ts'), 'export const late = "there"\n')
    expect(await show(cell)).toBe('there')
  })

  test('an edited source is loaded anew together with the sources that import it', async () => {
    const file = join(temporary.path, 'inner.ts')
    const save = (content: string, second: number): void => {
      writeFileSync(file, content)
      utimesSync(file, second, second)
    }
    save('export const inner = (): number => 1\n', 1000)
    writeFileSync(
      join(temporary.path, 'outer.ts'),
      `import { inner } from './inner.js'\nexport const outer = (): number => inner() * 10\n`,
    )
    const cell = `import { outer } from '../../../../.cache/${temporary.path.split('/').at(-1)}/outer.js'\nouter()`
    expect(await show(cell)).toBe('10')
    save('export const inner = (): number => 2\n', 2000)
    expect(await show(cell)).toBe('20')
    save('export const inner = (): number => "two"\n', 3000)
    const { ename, traceback } = await fail(cell)
    expect(ename).toBe('TypeScriptError')
    expect(traceback.join('\n')).toMatch(/inner\.ts:1:36\n\s+1 \| export const inner/)
    save('export const inner = (): number => 3\n', 4000)
    expect(await show(cell)).toBe('30')
  })
})

describe('what cells share', () => {
  test('a variable that functions change has one value in all cells', async () => {
    await show('let counter = 0\nconst increase = () => { counter += 1 }')
    expect(await show('increase(); counter')).toBe('1')
    expect(await show('counter = 10; increase(); counter')).toBe('11')
  })

  test('a variable may be called share', async () => {
    expect(await show('let share = 3\nshare')).toBe('3')
    expect(await show('share')).toBe('3')
  })

  test('a variable of an earlier cell can be named in an object literal and an assignment pattern', async () => {
    await show('const width = 3\nlet height = 4')
    expect(await show('const size = { width, height }\nsize')).toBe('{ width: 3, height: 4 }')
    expect(await show('({ height } = { height: 5 });\nheight')).toBe('5')
  })

  test('a property of an earlier variable can be taken apart under a new name', async () => {
    await run('const size = { width: 3, depth: { top: 4 } }\nlet w = 0')
    expect(await show('const { width: wide, depth: { top: high } } = size;\n[wide, high]')).toBe('[ 3, 4 ]')
    expect(await show('({ width: w } = size);\n({ width: w })')).toBe('{ width: 3 }')
  })

  test('a cell may await in parentheses and in a loop', async () => {
    expect(await show('await (Promise.resolve(6))')).toBe('6')
    expect(await show('for await (const n of [1, Promise.resolve(2)]) console.log(n)')).toBe('1\n2\n')
  })

  test('types, classes, enums and a redeclared name carry over to later cells', async () => {
    await show(
      'interface Named { name: string }\nclass Cat implements Named { constructor(readonly name: string) {} }',
    )
    await show('enum Size { small, large }\nconst label = (n: Named): string => n.name')
    expect(await show('label(new Cat("Tom")) + Size.large')).toBe('Tom1')
    await show('const label = 5')
    expect(await show('label + 1')).toBe('6')
  })

  test('types are strict', async () => {
    expect((await fail('const first = (list: number[]) => list.at(0) + 1')).evalue).toContain('undefined')
    expect((await fail('const id = (x) => x')).evalue).toContain("implicitly has an 'any' type")
  })
})

describe('outputs', () => {
  test('none of 5,000 displays in one turn is lost, and they keep their order', async () => {
    const { outputs } = await run(
      `import { display } from 'tslab'\nfor (let i = 0; i < 5000; i++) display.html(String(i))`,
    )
    expect(outputs.list.map(textOf)).toEqual(Array.from({ length: 5000 }, (_, i) => String(i)))
  })

  test('none of 20,000 lines is lost, and they come in few messages', async () => {
    let messages = 0
    const cell = await run('for (let i = 0; i < 20_000; i++) console.log("line", i)', () => messages++)
    expect(allText(cell)).toBe(Array.from({ length: 20_000 }, (_, i) => `line ${i}\n`).join(''))
    expect(messages).toBeLessThan(2000)
  })

  test('standard output, displays and standard error keep their order', async () => {
    const { outputs } = await run(`console.log('a'); display.html('b'); console.error('c'); console.log('d')`)
    expect(outputs.list.map(textOf)).toEqual(['a\n', 'b', 'c\n', 'd\n'])
  })

  test('a display is updated in place from a later cell', async () => {
    const first = await run(`import { newDisplay } from 'tslab'\nconst bar = newDisplay()\nbar.html('0 %')`)
    const second = await run(`bar.html('100 %')`)
    expect(first.outputs.list.map(textOf)).toEqual(['100 %'])
    expect(second.outputs.list).toEqual([])
  })

  test('the value of a last expression is the result of its cell, and may choose how it shows', async () => {
    const { outputs, reply } = await run('[1, 2].map((n) => n * 2)')
    expect(outputs.list).toEqual([
      {
        output_type: 'execute_result',
        data: { 'text/plain': '[ 2, 4 ]' },
        metadata: {},
        execution_count: reply.execution_count,
      },
    ])
    expect(await show(`({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<i>me</i>' }) })`)).toBe(
      '<i>me</i>',
    )
  })
})

describe('errors', () => {
  test('an error shows the TypeScript lines of the cells it went through', async () => {
    await show(`interface Box { depth?: { value: number } }

// A comment that compilation removes.
const read = (box: Box): number => {
  return box.depth!.value
}`)
    const { ename, evalue, traceback } = await fail('const boxes = [{}]\n\n  read(boxes[0]!)')
    expect(ename).toBe('TypeError')
    expect(evalue).toBe("Cannot read properties of undefined (reading 'value')")
    expect(traceback.join('\n')).toMatch(
      /^TypeError: .*\n {4}at read \(cell \[\d+\]:5:21\)\n +5 \| +return box\.depth!\.value\n +\| +\^\n {4}at cell \[\d+\]:3:7\n/,
    )
  })

  test('an error in a source shows its TypeScript line too, by its name in the project', async () => {
    const { traceback } = await fail(
      `import { square as sq, point as at } from '../src/shapes.js'\nsq(at(1, 1), 0)`,
    )
    const text = traceback.join('\n')
    expect(text).toContain('at area (test/runner/fixtures/src/geometry/area.ts:8:25)')
    expect(text).toContain("8 |   if (size === 0) throw new RangeError('the rectangle is empty')")
    expect(text).toMatch(/at cell \[\d+\]:2:\d+\n/)
  })

  test('a traceback holds no frame of the kernel, of Node or of tslab', async () => {
    const { traceback } = await fail(`await (async () => { await null; JSON.parse('{') })()`)
    expect(traceback.join('\n')).not.toMatch(/runner\/kernel|node:|tslab|evalmachine/)
  })

  test('an error that is printed, one with a cause and a thrown text are readable', async () => {
    expect(await show(`console.log(new Error('seen').stack)`)).toMatch(
      /^Error: seen\n {4}at cell \[\d+\]:1:13\n$/,
    )
    const { traceback } = await fail(`throw new Error('outer', { cause: new RangeError('inner') })`)
    expect(traceback.join('\n')).toMatch(/Error: outer\n[\s\S]*Caused by:\nRangeError: inner\n {4}at cell/)
    expect((await fail(`throw 'plain'`)).evalue).toBe("'plain'")
  })

  test('an exported name is refused with a word that helps', async () => {
    expect((await fail('export const shared = 1')).evalue).toContain('Remove "export"')
  })

  test('a rejection that nothing awaits fails its cell, with the TypeScript line', async () => {
    const { evalue, traceback } = await fail(`console.log('before')\nPromise.reject(new Error('forgotten'))`)
    expect(evalue).toBe('forgotten')
    expect(traceback.join('\n')).toMatch(/nothing awaits it\nError: forgotten\n {4}at cell \[\d+\]:2:16/)
  })

  test('a rejection after the end of its cell is an error of the cell that ran last', async () => {
    const late = new Promise<void>((resolve) => {
      run('setTimeout(() => Promise.reject(new Error("late")), 30); 1', (type) => {
        if (type === 'error') resolve()
      })
    })
    await late
  })

  test('an error in a callback that no cell waits for is reported', async () => {
    const { evalue } = await fail(
      `setTimeout(() => { throw new Error('from a timer') }, 0)\nawait new Promise((done) => setTimeout(done, 50))`,
    )
    expect(evalue).toBe('from a timer')
  })

  test('the kernel goes on after errors', async () => {
    expect(await show('"still here"')).toBe('still here')
  })
})

describe('interrupts', () => {
  /** Interrupts each time the cell writes something. */
  const interruptAtOutput = (code: string): Promise<CellRun> =>
    run(code, (type) => {
      if (type === 'stream') kernel.client.interrupt()
    })

  test('an interrupt ends a cell that computes without a pause', async () => {
    const { outputs } = await interruptAtOutput('console.log("on"); while (true) {}')
    expect(outputs.errors.map(({ ename }) => ename)).toEqual(['Interrupted'])
  })

  test('an interrupt ends a cell that waits', async () => {
    const { outputs } = await interruptAtOutput('await null; console.log("on"); await new Promise(() => {})')
    expect(outputs.errors.map(({ ename }) => ename)).toEqual(['Interrupted'])
  })

  test('code that listens ends by itself, and what it computed is kept', async () => {
    await show(`const target = Reflect.get(globalThis, Symbol.for('thesis.interrupt')) as EventTarget
const state = { stop: false }
const listener = (event: Event): void => { event.preventDefault(); state.stop = true }
target.addEventListener('interrupt', listener)`)
    const training = await interruptAtOutput(`let batches = 0
await null
console.log('training')
while (!state.stop) { await new Promise((done) => setTimeout(done, 1)); batches += 1 }
const trained = 'kept'`)
    expect(training.status).toBe('ok')
    expect(await show('trained')).toBe('kept')
  })

  test('a second interrupt ends a cell whose listener does not', async () => {
    let interrupts = 0
    const { outputs } = await run(
      `await null; console.log('first'); target.addEventListener('interrupt', () => console.log('second'), { once: true })
await new Promise(() => {})`,
      (type) => {
        if (type === 'stream' && interrupts++ < 2) kernel.client.interrupt()
      },
    )
    expect(outputs.errors.map(({ ename }) => ename)).toEqual(['Interrupted'])
    await show(`target.removeEventListener('interrupt', listener)`)
  })
})

describe('the editor', () => {
  const complete = async (code: string): Promise<readonly unknown[]> => {
    const { matches } = await kernel.complete(code)
    return Array.isArray(matches) ? matches : []
  }

  test('completes names across an import of a source', async () => {
    expect(await complete(`import { point } from '../src/shapes.js'\npoint(1, 2).`)).toEqual(['x', 'y'])
  })

  test('explains a name with its documentation', async () => {
    const code = `import { square } from '../src/shapes.js'\nsquare`
    const reply = await kernel.client.ask('inspect_request', { code, cursor_pos: code.length - 2 })
    expect(String(objectField(reply, 'data')['text/plain'])).toContain('The area of a square.')
  })

  test('knows when a cell is not complete', async () => {
    expect((await kernel.client.ask('is_complete_request', { code: 'if (1) {' })).status).toBe('incomplete')
    expect((await kernel.client.ask('is_complete_request', { code: '1 + 1' })).status).toBe('complete')
  })

  test('gets an answer of the right type about comms', async () => {
    expect(await kernel.client.ask('comm_info_request')).toEqual({ status: 'ok', comms: {} })
  })
})

test('cells that wait behind a failing one are aborted', async () => {
  const [failed, waiting] = await Promise.all([run('throw new Error("stop")'), run('1 + 1')])
  expect(failed.status).toBe('error')
  expect(waiting.status).toBe('aborted')
  rmSync(join(temporary.path, 'outer.ts'))
})
