import { describe, expect, test } from 'vitest'
import {
  describeParameters,
  notebookParameters,
  parameterise,
  parseSetting,
  setParameters,
  settingsOf,
} from '../../src/runner/parameterise.js'
import { ParameterError } from '../../src/runner/usage-error.js'
import { notebookOf } from './notebooks.js'

const set = (source: string, ...settings: string[]): string =>
  setParameters(source, settings.map(parseSetting))

describe('replacing values', () => {
  test('a number, a text and a boolean are replaced, and comments and layout stay', () => {
    const source = `// The hyperparameters.
const parameters = {
  epochs: 5,          // passes over the data
  network: "deep",    /* one of five */
  retrain : false,
}
`
    expect(set(source, 'epochs=12', 'network=shallow', 'retrain=true')).toBe(`// The hyperparameters.
const parameters = {
  epochs: 12,          // passes over the data
  network: 'shallow',    /* one of five */
  retrain : true,
}
`)
  })

  test('a number keeps the form in which it is given', () => {
    const source = 'const parameters = { rate: 0.1 }'
    for (const number of ['2e-4', '-1.5', '60_000', '.5', '0']) {
      expect(set(source, `rate=${number}`)).toBe(`const parameters = { rate: ${number} }`)
    }
  })

  test('a text may hold quotes, spaces, equal signs and backslashes', () => {
    const changed = set(`const parameters = { title: 'a' }`, `title=it's "x=1" \\ y`)
    expect(changed).toBe(`const parameters = { title: 'it\\'s "x=1" \\\\ y' }`)
    expect(new Function(`${changed}; return parameters.title`)()).toBe(`it's "x=1" \\ y`)
  })

  test('a text may be empty, and a number may be set as text', () => {
    expect(set(`const parameters = { title: 'a' }`, 'title=')).toBe(`const parameters = { title: '' }`)
    expect(set(`const parameters = { title: 'a' }`, 'title=7')).toBe(`const parameters = { title: '7' }`)
  })

  test('a field of a field is set by its dotted name', () => {
    const source = 'const parameters = { optimiser: { rate: 1, decay: { to: 2 } } }'
    expect(set(source, 'optimiser.rate=3', 'optimiser.decay.to=4')).toBe(
      'const parameters = { optimiser: { rate: 3, decay: { to: 4 } } }',
    )
  })

  test('an array is set by its elements or as JSON', () => {
    const source = `const parameters = { networks: ['deep'], sizes: [1, 2] as readonly number[] }`
    expect(set(source, 'networks=shallow, r-lstm', 'sizes=[3,4]')).toBe(
      `const parameters = { networks: ['shallow', 'r-lstm'], sizes: [3, 4] as readonly number[] }`,
    )
    expect(set(source, 'sizes=')).toContain('sizes: []')
  })

  test('what is around a literal stays: as, satisfies, parentheses, quoted names', () => {
    const source = `interface P { 'batch': number }
const parameters = { 'batch': (50 as number) } satisfies P`
    expect(set(source, 'batch=10')).toBe(source.replace('50', '10'))
  })

  test('a negative number is replaced with its sign', () => {
    expect(set('const parameters = { low: -1 }', 'low=2')).toBe('const parameters = { low: 2 }')
  })

  test('an optional parameter that is not there is added', () => {
    const source = 'interface P { epochs: number; limit?: number }\nconst parameters: P = {\n  epochs: 5,\n}'
    expect(set(source, 'limit=100')).toBe(source.replace('epochs: 5,', 'epochs: 5, limit: 100,'))
    expect(set('const parameters: { limit?: number } = {}', 'limit=1')).toBe(
      'const parameters: { limit?: number } = { limit: 1}',
    )
  })

  test('with other objects in the cell, the one named parameters is meant', () => {
    const source = 'const sizes = { a: 1 }\nconst parameters = { a: 2 }'
    expect(set(source, 'a=3')).toBe('const sizes = { a: 1 }\nconst parameters = { a: 3 }')
  })

  test('JSON values are set like texts, whatever their depth', () => {
    const source = `const parameters = { epochs: 5, names: ['a'], optimiser: { rate: 1 }, quick: false }`
    const values = { epochs: 1, names: ['b', 'c'], optimiser: { rate: 0.5 }, quick: true }
    expect(setParameters(source, settingsOf(values))).toBe(
      `const parameters = { epochs: 1, names: ['b', 'c'], optimiser: { rate: 0.5 }, quick: true }`,
    )
  })
})

describe('types', () => {
  const union = `type Network = 'deep' | 'shallow'
const parameters: { network: Network; batch: 50 | 200; limit: number | null; seed?: number } = {
  network: 'deep',
  batch: 50,
  limit: null,
}`

  test('a union of literals takes its members only', () => {
    expect(set(union, 'network=shallow')).toContain(`network: 'shallow'`)
    expect(set(union, 'batch=200')).toContain('batch: 200')
    expect(() => set(union, 'network=huge')).toThrow(
      `network=huge does not fit: network is 'deep' | 'shallow'.`,
    )
    expect(() => set(union, 'batch=100')).toThrow('batch is 50 | 200')
  })

  test('null and undefined are set where the type has them', () => {
    expect(set(union, 'limit=7')).toContain('limit: 7')
    expect(set(union.replace('limit: null,', 'limit: 3,'), 'limit=null')).toContain('limit: null,')
    expect(() => set(union, 'batch=null')).toThrow('batch is 50 | 200')
    expect(set(union, 'seed=undefined')).toContain('seed: undefined')
  })

  test('a union is read from as, from an interface and from the elements of a constant', () => {
    const sources = [
      `const parameters = { network: 'deep' as 'deep' | 'shallow' }`,
      `interface P { readonly network: 'deep' | 'shallow' }\nconst parameters: Readonly<P> = { network: 'deep' }`,
      `const NAMES = ['deep', 'shallow'] as const\nconst parameters = { network: 'deep' as (typeof NAMES)[number] }`,
      `const NAMES = ['deep', 'shallow'] as const\ntype N = typeof NAMES[number]\nconst parameters = { network: 'deep' } as { network: N }`,
    ]
    for (const source of sources) {
      expect(set(source, 'network=shallow')).toContain(`'shallow'`)
      expect(() => set(source, 'network=huge')).toThrow(`network is 'deep' | 'shallow'`)
    }
  })

  test('elements of an array are checked, and so is the length of a tuple', () => {
    const source = `const parameters: { networks: ('deep' | 'shallow')[]; range: [number, number] } = { networks: [], range: [0, 1] }`
    expect(set(source, 'networks=deep,shallow', 'range=-1,2')).toContain(
      `['deep', 'shallow'], range: [-1, 2]`,
    )
    expect(() => set(source, 'networks=deep,huge')).toThrow(`networks is ('deep' | 'shallow')[]`)
    expect(() => set(source, 'range=1,2,3')).toThrow('range is [number, number]')
  })

  test('a type from another file falls back on the kind of the value', () => {
    const source = `import type { Name } from '../src/names.js'\nconst parameters = { name: 'a' as Name, size: 1 }`
    expect(set(source, 'name=b')).toContain(`name: 'b' as Name`)
    expect(() => set(source, 'size=b')).toThrow('size is number')
  })

  test.each([
    ['epochs=many', 'epochs is number'],
    ['epochs=', 'epochs is number'],
    ['epochs=Infinity', 'epochs is number'],
    ['epochs=0x10', 'epochs is number'],
    ['epochs=5 passes', 'epochs is number'],
    ['retrain=1', 'retrain is boolean'],
    ['retrain=yes', 'retrain is boolean'],
    ['sizes=1,b', 'sizes is number[]'],
    ['sizes=[1,', 'sizes is number[]'],
  ])('%s is refused', (setting, message) => {
    const source = 'const parameters = { epochs: 5, retrain: false, sizes: [1, 2] }'
    expect(() => set(source, setting)).toThrow(message)
  })

  test('a JSON value of another type is refused', () => {
    const source = 'const parameters = { epochs: 5 }'
    expect(() => setParameters(source, settingsOf({ epochs: '5' }))).toThrow('epochs="5" does not fit')
  })
})

describe('refusals', () => {
  const source = `const parameters = {
  epochs: 5, // passes over the data
  network: 'deep' as 'deep' | 'shallow',
  rate: 1 / 3,
  optimiser: { beta: 0.9 },
}`

  test('an unknown name is refused with the list of what exists', () => {
    expect(() => set(source, 'epoch=6')).toThrow(
      new ParameterError(`There is no parameter "epoch". Did you mean epochs?
The parameters are:
  epochs          number              = 5       // passes over the data
  network         'deep' | 'shallow'  = 'deep'
  rate            unknown             = 1 / 3
  optimiser.beta  number              = 0.9`),
    )
  })

  test('all problems are told at once', () => {
    expect(() => set(source, 'a=1', 'epochs=x')).toThrow(/no parameter "a"[\s\S]*epochs=x does not fit/)
  })

  test('a parameter cannot be set twice', () => {
    expect(() => set(source, 'epochs=6', 'epochs=7')).toThrow('epochs is set twice.')
  })

  test('a whole object cannot be set, and its fields are named', () => {
    expect(() => set(source, 'optimiser=x')).toThrow('set its fields one by one, such as optimiser.beta=…')
  })

  test('an expression without a type in sight cannot be set', () => {
    expect(() => set(source, 'rate=1')).toThrow('rate cannot be set from outside')
    expect(set(source.replace('{\n', '{\n  third: (1 / 3) as number,\n'), 'third=2')).toContain(
      'third: (2) as number',
    )
  })

  test('a setting without an equal sign is refused', () => {
    expect(() => parseSetting('epochs')).toThrow('write name=value')
    expect(() => parseSetting('=5')).toThrow('write name=value')
  })

  test('a cell without an object is refused', () => {
    expect(() => set('const epochs = 5', 'epochs=6')).toThrow('must hold one object')
    expect(() => set('const a = { x: 1 }\nconst b = { x: 2 }', 'x=3')).toThrow('it holds a, b')
  })
})

describe('notebooks', () => {
  test('only the tagged cell changes', () => {
    const notebook = notebookOf('const parameters = { epochs: 5 }')
    const text = {
      cell_type: 'markdown' as const,
      id: 't',
      metadata: {},
      source: 'const parameters = { epochs: 5 }',
    }
    const changed = parameterise({ ...notebook, cells: [text, ...notebook.cells] }, [
      parseSetting('epochs=1'),
    ])
    expect(changed.cells.map(({ source }) => source)).toEqual([
      'const parameters = { epochs: 5 }',
      'const parameters = { epochs: 1 }',
    ])
  })

  test('without settings a notebook stays as it is, also without a tagged cell', () => {
    const notebook = { cells: [], metadata: {} }
    expect(parameterise(notebook, [])).toBe(notebook)
    expect(notebookParameters(notebook)).toEqual([])
  })

  test('settings need one tagged cell', () => {
    const settings = [parseSetting('a=1')]
    expect(() => parameterise({ cells: [], metadata: {} }, settings)).toThrow(
      'no code cell tagged "parameters"',
    )
    const twice = notebookOf('const parameters = { a: 1 }', 'const parameters = { a: 1 }')
    expect(() => parameterise(twice, settings)).toThrow('2 cells are tagged')
  })

  test('parameters are described with the comment behind or before them', () => {
    const source = `const parameters = {
  /** Passes over the data. */
  epochs: 5, // at most
  // Adam's step
  rate: 1e-3,
  seed: 1,
}`
    expect(describeParameters(notebookParameters(notebookOf(source)))).toEqual([
      '  epochs  number  = 5     // at most',
      "  rate    number  = 1e-3  // Adam's step",
      '  seed    number  = 1',
    ])
  })
})
