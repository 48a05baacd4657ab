import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CELL_OPTIONS } from '../../src/runner/kernel/cell-compiler.cjs'
import { CellExecutor } from '../../src/runner/kernel/cell-executor.cjs'
import { CellProject } from '../../src/runner/kernel/cell-project.cjs'
import { createInterrupts } from '../../src/runner/kernel/interrupt.cjs'
import { NOTEBOOK_FOLDER } from './notebooks.js'

// Random sequences of cells against a model of what each name must be: its value, and a type that TypeScript agrees with.

const NAMES = ['a', 'b', 'c', 'd'] as const
type Name = (typeof NAMES)[number]

/** What declares a name: its text, and what the name is from then on. */
interface Form {
  readonly text: (name: Name, n: number) => string
  /** An expression over the name and its value, by which it is known. */
  readonly read: (name: Name) => string
  readonly value: (n: number) => unknown
  /** The type of that expression. */
  readonly type: (n: number) => string
  /** The type that may be assigned to the name. */
  readonly assignable?: 'number' | 'string'
  /** There before its statement has run. */
  readonly isFunction?: true
}

const itself = (name: Name) => name
const FORMS = {
  number: { text: (x, n) => `const ${x} = ${n}`, read: itself, value: (n) => n, type: (n) => `${n}` },
  string: {
    text: (x, n) => `const ${x} = 's${n}'`,
    read: itself,
    value: (n) => `s${n}`,
    type: (n) => `'s${n}'`,
  },
  letNumber: {
    text: (x, n) => `let ${x} = ${n}`,
    read: itself,
    value: (n) => n,
    type: () => 'number',
    assignable: 'number',
  },
  letString: {
    text: (x, n) => `let ${x}: string = 's${n}'`,
    read: itself,
    value: (n) => `s${n}`,
    type: () => 'string',
    assignable: 'string',
  },
  unset: {
    text: (x) => `let ${x}: number`,
    read: itself,
    value: () => undefined,
    type: () => 'number | undefined',
    assignable: 'number',
  },
  var: {
    text: (x, n) => `var ${x} = ${n}`,
    read: itself,
    value: (n) => n,
    type: () => 'number',
    assignable: 'number',
  },
  inBlock: {
    text: (x, n) => `if (true) { var ${x} = 's${n}' }`,
    read: itself,
    value: (n) => `s${n}`,
    type: () => 'string',
    assignable: 'string',
  },
  taken: {
    text: (x, n) => `const { p: { q: ${x} } } = { p: { q: [${n}] } }`,
    read: (x) => `${x}[0]!`,
    value: (n) => n,
    type: () => 'number',
  },
  class: {
    text: (x, n) => `class ${x} { private own = ${n}; n = this.own }`,
    read: (x) => `new ${x}().n`,
    value: (n) => n,
    type: () => 'number',
  },
  enum: {
    text: (x, n) => `enum ${x} { one = ${n}, two }`,
    read: (x) => `${x}.two + 0`,
    value: (n) => n + 1,
    type: () => 'number',
  },
  namespace: {
    text: (x, n) => `namespace ${x} { export const n: number = ${n}; export interface T { n: number } }`,
    read: (x) => `(${x} satisfies ${x}.T).n`,
    value: (n) => n,
    type: () => 'number',
  },
  function: {
    text: (x, n) => `function ${x}(): number { return ${n} }`,
    read: (x) => `${x}()`,
    value: (n) => n,
    type: () => 'number',
    isFunction: true,
  },
  import: {
    text: (x) => `import { point as ${x} } from '../src/plain.cjs'`,
    read: (x) => `${x}(1, 2).y`,
    value: () => 2,
    type: () => 'number',
    isFunction: true,
  },
  awaited: {
    text: (x, n) => `const ${x} = await $later(${n})`,
    read: itself,
    value: (n) => n,
    type: () => 'number',
  },
} satisfies Record<string, Form>

const forms: Readonly<Record<string, Form>> = FORMS

type Step =
  | { readonly kind: 'declare'; readonly name: Name; readonly form: string; readonly n: number }
  | { readonly kind: 'assign'; readonly name: Name; readonly n: number }
  | { readonly kind: 'await' }
  | { readonly kind: 'throw' }
  | { readonly kind: 'interrupt' }

interface Cell {
  readonly steps: readonly Step[]
  /** Whether an interrupted cell comes to its end before the next one runs, or after it. */
  readonly endsAtOnce: boolean
}

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('declare' as const),
      name: fc.constantFrom(...NAMES),
      form: fc.constantFrom(...Object.keys(FORMS)),
      n: fc.integer({ min: 1, max: 9 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('assign' as const),
      name: fc.constantFrom(...NAMES),
      n: fc.integer({ min: 11, max: 19 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'await' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'throw' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'interrupt' as const }) },
)

/** A cell declares a name once, and assigns only to names of earlier cells. */
const cell: fc.Arbitrary<Cell> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 5 }).map((steps) => {
    const declared = new Set<Name>()
    const once = steps.filter((each) => {
      if (each.kind !== 'declare') return true
      const isNew = !declared.has(each.name)
      declared.add(each.name)
      return isNew
    })
    return once.filter((each) => each.kind !== 'assign' || !declared.has(each.name))
  }),
  endsAtOnce: fc.boolean(),
})

/** What a name stands for: one object for each declaration that was reached. */
interface Binding {
  readonly form: Form
  readonly n: number
  value: unknown
}

/** What the names must be. */
class Model {
  names = new Map<Name, Binding>()

  /** The type of value that a cell may assign to a name. */
  assignable(name: Name): 'number' | 'string' | undefined {
    return this.names.get(name)?.form.assignable
  }

  /** Runs a cell; returns what it still does after it was interrupted. */
  run({ steps }: Cell): () => void {
    const before = new Map(this.names)
    const end = steps.findIndex(({ kind }) => kind === 'throw' || kind === 'interrupt')
    const reached = end < 0 ? steps : steps.slice(0, end)
    const isHoisted = (each: Step) => each.kind === 'declare' && forms[each.form]!.isFunction === true
    for (const each of steps) {
      if (each.kind !== 'declare' || !(reached.includes(each) || isHoisted(each))) continue
      const form = forms[each.form]!
      this.names.set(each.name, { form, n: each.n, value: form.value(each.n) })
    }
    const assign = (some: readonly Step[]) => {
      for (const each of some) {
        if (each.kind !== 'assign') continue
        const binding = before.get(each.name)
        const type = binding?.form.assignable
        if (binding && type) binding.value = assigned(type, each.n)
      }
    }
    assign(reached)
    if (end < 0 || steps[end]!.kind === 'throw') return () => {}
    const rest = steps.slice(end + 1)
    const thrown = rest.findIndex(({ kind }) => kind === 'throw')
    return () => assign(thrown < 0 ? rest : rest.slice(0, thrown))
  }
}

const assigned = (type: 'number' | 'string', n: number): number | string => (type === 'number' ? n : `s${n}`)

const textOf = (model: Model, { steps }: Cell, id: number): string =>
  steps
    .map((each) => {
      if (each.kind === 'declare') return forms[each.form]!.text(each.name, each.n)
      if (each.kind === 'await') return 'await $tick()'
      if (each.kind === 'interrupt') return `await $interrupt(${id})`
      if (each.kind === 'throw') return `throw new Error('meant')`
      const type = model.assignable(each.name)
      return type === undefined ? '' : `${each.name} = ${JSON.stringify(assigned(type, each.n))}`
    })
    // What stands behind a throw cannot be reached, and TypeScript says so of some statements.
    .map((text, i) => (steps[i]!.kind === 'throw' ? `if (Boolean(1)) ${text}` : text))
    .filter((text) => text !== '')
    .join('\n')

/** A cell that is right only if every name has its value, with a type that says so, and no other name is there. */
const probeOf = ({ names }: Model): string => {
  const [there, gone] = [NAMES.filter((name) => names.has(name)), NAMES.filter((name) => !names.has(name))]
  const types = there.map((name) => {
    const { form, n } = names.get(name)!
    const type = form.value(n) === undefined && names.get(name)!.value !== undefined ? 'number' : form.type(n)
    return `const _${name}: Same<typeof $read_${name}, ${type}> = true`
  })
  const reads = there.map((name) => `const $read_${name} = ${names.get(name)!.form.read(name)}`)
  // Of a constant, a copy has the same type only where it is declared as it is.
  return `{
type Same<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false
${reads.join('\n')}
${types.join('\n')}
${gone
  .map((name) => `// @ts-expect-error\n${name}`)
  .map((line) => `if (Boolean(0)) {\n${line}\n}`)
  .join('\n')}
$seen.push([${there.map((name) => `$read_${name}`).join(', ')}])
}`
}

const options = { ...CELL_OPTIONS, lib: ['lib.es2015.d.ts'] }
const GLOBALS = join(import.meta.dirname, 'fixtures', 'sequence-globals.d.ts')

// One for all sequences, whose cells have nothing in common; it has read the declarations once.
const project = new CellProject(NOTEBOOK_FOLDER, { options, globals: [GLOBALS] })

const globals = globalThis as unknown as Record<string, unknown>

/** Runs cells one after the other, and checks every name at the end. */
const check = async (cells: readonly Cell[]): Promise<void> => {
  const interrupts = createInterrupts()
  const executor = new CellExecutor({}, project)
  const turn = () => new Promise<void>((done) => setImmediate(done))
  const goOn = new Map<number, () => void>()
  const seen: unknown[][] = []
  globals.$seen = seen
  globals.$tick = turn
  globals.$later = async (n: number) => {
    await turn()
    return n
  }
  globals.$interrupt = async (id: number) => {
    const first = !goOn.has(id)
    const released = new Promise<void>((done) => goOn.set(id, done))
    if (first) interrupts.interrupt(interrupts.running(), false)
    else goOn.get(id)!()
    await released
  }
  const run = async (text: string, name: string) => {
    try {
      return (await interrupts.guard(() => executor.execute(name, text))).error
    } catch (error) {
      executor.abandon()
      return { ename: String((error as Error).name), evalue: '', traceback: [] }
    }
  }
  const finish = async (id: number) => {
    goOn.get(id)?.()
    for (let i = 0; i < 12; i++) await turn()
  }

  const model = new Model()
  let waiting: (() => Promise<void>) | undefined
  for (const [id, each] of cells.entries()) {
    const text = textOf(model, each, id)
    const error = await run(text, `cell [${id}]`)
    const later = model.run(each)
    if (error && error.ename !== 'Interrupted' && error.evalue !== 'meant')
      throw new Error(`${text}\n${error.traceback.join('\n')}`)
    await waiting?.()
    waiting = undefined
    const end = async () => {
      await finish(id)
      later()
    }
    if (each.endsAtOnce) await end()
    else waiting = end
  }
  await waiting?.()
  const probe = probeOf(model)
  const error = await run(probe, 'probe')
  if (error) throw new Error(`${probe}\n${error.traceback.join('\n')}`)
  expect(seen).toEqual([
    NAMES.flatMap((name) => (model.names.has(name) ? [model.names.get(name)!.value] : [])),
  ])
}

test('types and values of names agree with a simple model over 2,000 random sequences of cells', async () => {
  const sequences = fc.array(cell, { minLength: 1, maxLength: 4 })
  await fc.assert(fc.asyncProperty(sequences, check), {
    numRuns: Number(process.env.SEQUENCES ?? 2000),
    seed: 20261130,
  })
}, 600_000)
