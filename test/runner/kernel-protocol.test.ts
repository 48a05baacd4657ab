import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isJsonObject, type JsonObject, objectField } from '../../src/runner/json.js'
import { TestKernel, textOf } from './kernels.js'
import { temporaryFolder } from './notebooks.js'

const temporary = temporaryFolder()
let kernel: TestKernel
beforeAll(async () => {
  kernel = await TestKernel.start(temporary.path)
})
afterAll(async () => {
  await kernel?.shutdown()
  temporary.remove()
})

const names = (reply: JsonObject): unknown[] => (Array.isArray(reply.matches) ? reply.matches : [])

describe('an interrupt', () => {
  const interrupted = async (code: string): Promise<void> => {
    const { outputs } = await kernel.interruptAtOutput(code)
    expect(outputs.errors.map(({ ename }) => ename)).toEqual(['Interrupted'])
    expect(await kernel.show('1 + 1')).toBe('2')
  }

  test('ends a loop before the first await', () => interrupted(`console.log('on'); for (;;) {}`))

  test('ends a loop after an await, and what came before it is kept', async () => {
    await interrupted(`const before = 1; await null; console.log('on'); for (;;) {}`)
    expect(await kernel.show('before')).toBe('1')
  })

  test('ends a loop in a callback of a timer', () =>
    interrupted(`setTimeout(() => { console.log('on'); for (;;) {} }, 1); await new Promise(() => {})`))

  test('ends a loop that catches all errors', () =>
    interrupted(`await null; console.log('on'); for (;;) { try { JSON.parse('{') } catch {} }`))

  test('ends a wait for a line of the reader', async () => {
    const { outputs } = await kernel.run(`prompt('Name?')`, () => {}, {
      answer: () => {
        kernel.client.interrupt()
        return undefined
      },
    })
    expect(outputs.errors.map(({ ename }) => ename)).toEqual(['Interrupted'])
  })

  test('says where the cell is in native code, and ends it when that returns', async () => {
    const { outputs } = await kernel.interruptAtOutput(
      `console.log('on'); require('node:child_process').execFileSync('sleep', ['2']); for (;;) {}`,
    )
    expect(outputs.list.map(textOf).join('')).toContain('native code')
    expect(outputs.errors.map(({ ename }) => ename)).toEqual(['Interrupted'])
  })

  test('ends what an interrupted cell left running, for which the next cell waits', async () => {
    await kernel.interruptAtOutput(
      `console.log('on'); await new Promise((done) => setTimeout(done, 100)); for (;;) {}`,
    )
    await new Promise((done) => setTimeout(done, 150))
    const next = kernel.show('3 + 3')
    kernel.client.interrupt()
    expect(await next).toBe('6')
  })

  test('of no cell ends nothing', async () => {
    kernel.client.interrupt()
    await kernel.client.control('kernel_info_request')
    expect(await kernel.show('2 + 2')).toBe('4')
  })
})

describe('a request', () => {
  test('for expressions after a cell gets the value or the error of each', async () => {
    const { reply } = await kernel.run('const q = 3', () => {}, {
      user_expressions: { x: 'q + 1', bad: 'q.nope', thrown: '(() => { throw new RangeError("far") })()' },
    })
    const values = objectField(reply, 'user_expressions')
    expect(values.x).toEqual({ status: 'ok', data: { 'text/plain': '4' }, metadata: {} })
    expect(values.bad).toMatchObject({ status: 'error', ename: 'TypeScriptError' })
    expect(values.thrown).toMatchObject({ status: 'error', ename: 'RangeError', evalue: 'far' })
  })

  test('that is silent shows nothing and does not count', async () => {
    const count = Number(await kernel.run('0').then(({ reply }) => reply.execution_count))
    const types: string[] = []
    const silent = await kernel.run(
      'console.log("out"); display.html("<b>out</b>"); const quiet = 4; quiet',
      (type) => types.push(type),
      { silent: true },
    )
    expect(types.filter((type) => type !== 'status')).toEqual([])
    expect(silent.reply.execution_count).toBe(count)
    const unstored = await kernel.run('quiet', () => {}, { store_history: false })
    expect(textOf(unstored.outputs.list[0])).toBe('4')
    expect(unstored.reply.execution_count).toBe(count)
    expect((await kernel.run('quiet')).reply.execution_count).toBe(count + 1)
  })

  test('for history gets what was run, in this session and before', async () => {
    const marker = `'marker ${process.pid} ${temporary.path}'`
    await kernel.show(marker)
    await kernel.run(`${marker} + 1`, () => {}, { store_history: false })
    const own = await kernel.client.ask('history_request', {
      hist_access_type: 'range',
      session: 0,
      start: 1,
      raw: true,
      output: false,
    })
    const sources = (own.history as [number, number, string][]).map(([, , source]) => source)
    expect(sources).toContain(marker)
    expect(sources).not.toContain(`${marker} + 1`)
    const other = await TestKernel.start(temporary.path)
    const found = await other.client.ask('history_request', {
      hist_access_type: 'search',
      pattern: `'marker ${process.pid}*`,
      unique: true,
      n: 5,
    })
    expect((found.history as unknown[][]).map((entry) => entry[2])).toEqual([marker])
    const tail = await other.client.ask('history_request', { hist_access_type: 'tail', n: 2, output: true })
    expect(tail.history).toHaveLength(2)
    expect((tail.history as unknown[][]).every((entry) => Array.isArray(entry[2]))).toBe(true)
    await other.shutdown()
  })

  test.each([
    ['1 + 1', 'complete'],
    ['for (const a of [1]) {', 'incomplete'],
    ['const x =', 'incomplete'],
    ['`a', 'incomplete'],
    ['/* a', 'incomplete'],
    ['f(1,', 'incomplete'],
    ['function f( { ) }}', 'invalid'],
    ['let x = = 3', 'invalid'],
    ['"a', 'invalid'],
    ['await fetch("x")', 'complete'],
    ['let a = 1 + // c', 'incomplete'],
  ])('whether %j can be run is answered: %s', async (code, status) => {
    expect((await kernel.client.ask('is_complete_request', { code })).status).toBe(status)
  })

  test('of the control channel is answered while a cell computes without a pause', async () => {
    let answered: Promise<JsonObject> | undefined
    const { outputs } = await kernel.run(`console.log('on'); for (;;) {}`, (type) => {
      if (type !== 'stream' || answered) return
      answered = kernel.client.control('kernel_info_request')
      answered.then(() => kernel.client.interrupt())
    })
    expect((await answered)?.status).toBe('ok')
    expect(outputs.errors).toHaveLength(1)
  })
})

describe('input', () => {
  const answered = async (code: string, ...lines: string[]): Promise<[string, string[]]> => {
    const prompts: string[] = []
    const { outputs } = await kernel.run(code, () => {}, {
      answer: (prompt) => {
        prompts.push(prompt)
        return lines.shift() ?? ''
      },
    })
    return [outputs.list.map(textOf).join(''), prompts]
  }

  test('by prompt, by input and by readline asks in the front end', async () => {
    expect(await answered(`prompt('Name?') + '!'`, 'Ada')).toEqual(['Ada!', ['Name?']])
    expect(await answered(`[await input('First?'), await input('Second?')]`, 'a', 'b')).toEqual([
      "[ 'a', 'b' ]",
      ['First?', 'Second?'],
    ])
    const [text] = await answered(
      `import { createInterface } from 'node:readline/promises'
const lines = createInterface({ input: process.stdin, output: process.stdout })
const name = await lines.question('Your name? ')
lines.close()
name.toUpperCase()`,
      'grace',
    )
    expect(text).toBe('Your name? GRACE')
  })

  test('by reading standard input line after line asks too', async () => {
    const [text] = await answered(
      `for await (const chunk of process.stdin) { console.log(String(chunk).trim()); break }`,
      'line',
    )
    expect(text).toBe('line\n')
  })

  test.each([
    `prompt('Name?')`,
    `await input('Name?')`,
    `import * as readline from 'node:readline'
await new Promise((done) => readline.createInterface({ input: process.stdin }).question('Name?', done))`,
  ])('is refused where nobody can be asked: %s', async (code) => {
    expect((await kernel.fail(code)).evalue).toContain('this front end cannot ask for input')
  })
})

describe('output', () => {
  test('of programs that a cell starts, and of writes to file descriptors, is in the notebook', async () => {
    expect(
      await kernel.show(`import * as child from 'node:child_process'
import * as files from 'node:fs'
child.spawnSync('echo', ['sync'], { stdio: 'inherit' })
child.execFileSync('echo', ['file'], { stdio: ['ignore', 'inherit', 'inherit'] })
child.execSync('echo shell', { stdio: 'inherit' })
files.writeSync(1, 'descriptor\\n')
await new Promise((done) => child.spawn('echo', ['async'], { stdio: 'inherit' }).on('close', done))
undefined`),
    ).toBe('sync\nfile\nshell\ndescriptor\nasync\n')
    expect(await kernel.show(`child.execFileSync('echo', ['own']).toString()`)).toBe('own\n')
    expect(await kernel.show(`child.execSync('echo 1; echo 2 >&2', { stdio: 'inherit' })`)).toBe('1\n2\n')
    expect(await kernel.show(`child.spawnSync('seq', ['1', '300000'], { stdio: 'inherit' }).status`)).toMatch(
      /300000\n0$/,
    )
    expect(
      await kernel.show(
        `files.writeFileSync(1, 'whole\\n'); files.writeSync(1, '6869', null, 'hex'); process.stdout.write('0a', 'hex'); undefined`,
      ),
    ).toBe('whole\nhi\n')
  })

  test('can be cleared by the cell', async () => {
    const { outputs } = await kernel.run(`console.log('before'); clearOutput(); console.log('after')`)
    expect(outputs.list.map(textOf)).toEqual(['after\n'])
  })

  test('is shown while a cell computes without a pause', async () => {
    const { outputs } = await kernel.interruptAtOutput(
      `for (let i = 0; ; i++) { if (i % 1e7 === 0) console.log(i) }`,
    )
    expect(textOf(outputs.list[0])).toMatch(/^0\n/)
  })
})

describe('the editor', () => {
  test('completes at places counted in characters of Unicode', async () => {
    await kernel.show('const longVariable = { first: 1, second: 2 }')
    const reply = await kernel.complete(`'😀😀'; longVar`)
    expect([reply.cursor_start, reply.cursor_end]).toEqual([6, 13])
    expect(names(reply)[0]).toBe('longVariable')
  })

  test('completes literals in a call that is not finished, nearer names first, and members', async () => {
    await kernel.show(
      `const explainBy = (method: 'deepTaylor' | 'sensitivity', options?: { seed: number }) => method`,
    )
    expect(names(await kernel.complete(`explainBy('`))).toEqual(['deepTaylor', 'sensitivity'])
    expect(names(await kernel.complete(`explainBy('deep`))).toEqual(['deepTaylor'])
    expect(names(await kernel.complete(`explainBy('deepTaylor', { s`))[0]).toBe('seed')
    expect(names(await kernel.complete('longVariable.'))).toEqual(['first', 'second'])
    const locals = names(await kernel.complete('const procession = 1; pro'))
    expect(locals[0]).toBe('procession')
    const inside = await kernel.complete('longVariable.fir + 1', 16)
    expect([names(inside), inside.cursor_start, inside.cursor_end]).toEqual([['first'], 13, 16])
  })

  test('explains types written out, documentation and source', async () => {
    await kernel.show(`interface Options { rate: number; steps: readonly number[] }
/**
 * Trains.
 *
 * @param options how
 */
function trainIt(options: Options): string { return String(options) }`)
    const reply = await kernel.inspect('trainIt')
    const text = String(objectField(reply, 'data')['text/plain'])
    expect(text).toContain('function trainIt(options: Options): string')
    expect(text).toContain('Trains.')
    expect(text).toContain('@param options')
    expect(text).not.toContain('return String')
    const more = await kernel.inspect('trainIt', 3, 1)
    expect(String(objectField(more, 'data')['text/plain'])).toContain('return String(options)')
    expect(await kernel.typeOf('let o: Options')).toContain('rate: number')
    const call = await kernel.inspect('trainIt(')
    expect(String(objectField(call, 'data')['text/plain'])).toContain('trainIt(options: Options)')
  })

  test('finds nothing for a name that does not exist, or where there is none', async () => {
    expect((await kernel.inspect('notThere')).found).toBe(false)
    expect((await kernel.inspect('')).found).toBe(false)
    expect((await kernel.inspect('1 + 1', 2)).found).toBe(false)
    expect((await kernel.inspect('import fs from "node:fs"; fs')).found).toBe(true)
  })
})

describe('modules', () => {
  const save = (name: string, text: string): void => {
    mkdirSync(join(temporary.path, 'modules'), { recursive: true })
    writeFileSync(join(temporary.path, 'modules', name), text)
  }

  test('that await at their top are imported by statements, by import() and by other sources', async () => {
    save('tla.mjs', 'await null\nexport const answer = 41\n')
    save('tla.d.mts', 'export const answer: number\n')
    save(
      'awaits.ts',
      `import { answer } from './tla.mjs'\nconst more: number = await Promise.resolve(1)\nexport const sum = answer + more\n`,
    )
    save('outer.ts', `import { sum } from './awaits.js'\nexport const twice = (): number => 2 * sum\n`)
    expect(await kernel.show(`(await import('./modules/tla.mjs')).answer`)).toBe('41')
    expect(await kernel.show(`import { answer } from './modules/tla.mjs'\nanswer`)).toBe('41')
    expect(await kernel.show(`import { twice } from './modules/outer.js'\ntwice()`)).toBe('84')
    expect(await kernel.show(`import { sum } from './modules/awaits.js'\nsum`)).toBe('42')
  })

  test('mean the same as cells: using, decorators, private members, import attributes', async () => {
    save('data.json', '{ "n": 3 }')
    save(
      'modern.ts',
      `import data from './data.json' with { type: 'json' }
const log: string[] = []
function named(_value: unknown, context: ClassDecoratorContext): void { log.push(String(context.name)) }
@named class One { #n = data.n; private p = 1; sum(): number { return this.#n + this.p } }
export const run = (): unknown => { using _r = { [Symbol.dispose]() { log.push('disposed') } }; return [new One().sum(), log] }
`,
    )
    expect(await kernel.show(`import { run } from './modules/modern.js'\nrun()`)).toBe(
      "[ 4, [ 'One', 'disposed' ] ]",
    )
  })

  test('of any kind are loaded anew when they were edited', async () => {
    for (const [name, first, second, code] of [
      ['edited.json', '{ "n": 1 }', '{ "n": 22 }', `import data from './modules/edited.json'\ndata.n`],
      [
        'edited.cjs',
        'exports.n = 1',
        'exports.n = 22 // longer',
        `import * as cjs from './modules/edited.cjs'\ncjs.n`,
      ],
      [
        'edited.mjs',
        'export const n = 1',
        'export const n = 22',
        `import { n } from './modules/edited.mjs'\nn`,
      ],
      ['edited.js', 'export const n = 1', 'export const n = 22', `(await import('./modules/edited.js')).n`],
    ] as const) {
      save(name, first)
      expect(await kernel.show(code)).toBe('1')
      save(name, second)
      expect(await kernel.show(code)).toBe('22')
    }
  })

  test('of which only types are used are not loaded', async () => {
    save('only-types.d.ts', 'export interface Shape { sides: number }\n')
    expect(
      await kernel.show(
        `import { Shape } from './modules/only-types'\nconst shape: Shape = { sides: 3 }\nshape.sides`,
      ),
    ).toBe('3')
  })

  test('whose loading was interrupted are loaded anew', async () => {
    save(
      'slow.ts',
      `console.log('loading')\nif (!Reflect.get(globalThis, 'isQuick')) for (;;) {}\nexport const late: number = 5\n`,
    )
    await kernel.interruptAtOutput(`import { late } from './modules/slow.js'\nlate`)
    await kernel.show(`Reflect.set(globalThis, 'isQuick', true)`)
    expect(await kernel.show(`import { late } from './modules/slow.js'\nlate`)).toBe('loading\n5')
  })

  test('of CommonJS and of workers', async () => {
    save('plain.cjs', 'module.exports = { kind: "cjs" }')
    save('plain.d.cts', 'declare const value: { kind: string }\nexport = value\n')
    expect(await kernel.show(`import plain from './modules/plain.cjs'\nplain.kind`)).toBe('cjs')
    expect(
      await kernel.show(`import { Worker } from 'node:worker_threads'
const worker = new Worker('require("node:worker_threads").parentPort.postMessage(6 * 7)', { eval: true })
await new Promise((done) => worker.once('message', done))`),
    ).toBe('42')
  })

  test('of tslab, from any folder', async () => {
    expect(await kernel.show(`import { display as show } from 'tslab'\nshow.text('shown')`)).toBe('shown')
  })
})

test('an error in a folder that is gone is an error', async () => {
  const other = await TestKernel.start(temporary.path)
  await other.show(`import { mkdtempSync, rmdirSync } from 'node:fs'
const gone = mkdtempSync(__dirname + '/gone-'); process.chdir(gone); rmdirSync(gone)`)
  expect((await other.fail(`throw new Error('x')`)).evalue).toBe('x')
  await other.shutdown()
})

test('buffers of comms go both ways', async () => {
  await kernel.show(`const got: number[] = []
const comms = Reflect.get(globalThis, Symbol.for('thesis.comms'))
comms.register('echo', (comm: any, data: any, buffers: any) => ({ onMessage: (data: any) => comm.send({ back: data }) }))`)
  const seen: JsonObject[] = []
  const sink = ({ type, content }: { type: string; content: JsonObject }) => {
    if (type.startsWith('comm_')) seen.push({ type, ...content })
  }
  await kernel.client.tell('comm_open', { comm_id: 'c1', target_name: 'echo', data: {} }, sink)
  await kernel.client.tell('comm_msg', { comm_id: 'c1', data: { n: 1 } }, sink)
  await kernel.client.tell('comm_open', { comm_id: 'c2', target_name: 'nobody', data: {} }, sink)
  expect(seen.filter(isJsonObject).map(({ type, data }) => [type, data])).toEqual([
    ['comm_msg', { back: { n: 1 } }],
    ['comm_close', {}],
  ])
})
