import type { Kernel, KernelName } from '../protocol/kernels.js'

/** A notebook: what its cells are, and cells that come after them, each with the same work. */
export interface Cells {
  /** Declares what `empty` counts. */
  readonly first: string
  readonly empty: string
  readonly notebook: readonly string[]
  /** The cell with this number of those after the notebook. */
  after(number: number): string
}

const CELLS = 100
/** One after the other: a constant, a type, a function, a value of that type, and something imported. */
const KINDS = 5

/** A notebook of a hundred cells in the language of a kernel. */
export function cellsFor({ name, snippets }: Kernel): Cells {
  const write = snippets.extension === '.py' ? python : typeScript(imported[name]!)
  return {
    ...write,
    notebook: Array.from({ length: CELLS }, (_, i) => write.cell(i % KINDS, i - (i % KINDS))),
    after: (number) => write.late(number, CELLS - KINDS),
  }
}

interface Language {
  readonly first: string
  readonly empty: string
  /** A cell of a kind, in the group that begins with a number. */
  cell(kind: number, group: number): string
  /** A cell that uses all kinds of a group. */
  late(number: number, group: number): string
}

/** What a cell imports from a source of the project; plain tslab reaches none, and gets a package of Node's. */
const imported: Readonly<Partial<Record<KernelName, readonly [name: string, from: string, call: string]>>> = {
  ours: ['cosineSimilarity', '../src/statistics/cosine.js', '([1, 2, 3], [3, 2, 1])'],
  deno: ['cosineSimilarity', '../src/statistics/cosine.ts', '([1, 2, 3], [3, 2, 1])'],
  tslab: ['join', 'path', "('a', 'b').length"],
}

const typeScript = ([name, from, call]: readonly [string, string, string]): Language => ({
  first: 'let cell = 0',
  empty: 'cell++',
  cell: (kind, group) =>
    [
      `const limit${group} = ${group}\nconst names${group} = ['first', 'second', 'third']`,
      `interface Row${group} {\n  readonly name: string\n  readonly values: readonly number[]\n}`,
      `function mean${group}(row: Row${group}): number {
  const sum = row.values.reduce((total, value) => total + value, 0)
  return sum / Math.max(1, row.values.length)
}`,
      `const rows${group}: readonly Row${group}[] = names${group}.map((name, i) => ({ name, values: [i, limit${group}] }))
rows${group}.map(mean${group})`,
      `import { ${name} as use${group} } from '${from}'\nconst used${group} = use${group}${call}`,
    ][kind]!,
  late: (
    number,
    group,
  ) => `const late${number}: Row${group} = { name: 'late', values: [used${group}, limit${group}, ${number}] }
const everything${number} = [...rows${group}, late${number}].map((row) => ({ ...row, mean: mean${group}(row) }))
everything${number}.map(({ mean }) => mean.toFixed(2)).join(', ')`,
})

const python: Language = {
  first: 'cell = 0',
  empty: 'cell += 1',
  cell: (kind, group) =>
    [
      `limit${group} = ${group}\nnames${group} = ['first', 'second', 'third']`,
      `from dataclasses import dataclass\n@dataclass(frozen=True)\nclass Row${group}:\n    name: str\n    values: list[float]`,
      `def mean${group}(row: Row${group}) -> float:
    total = sum(row.values)
    return total / max(1, len(row.values))`,
      `rows${group} = [Row${group}(name, [i, limit${group}]) for i, name in enumerate(names${group})]
[mean${group}(row) for row in rows${group}]`,
      `from statistics import median as use${group}\nused${group} = use${group}([1, 2, 3])`,
    ][kind]!,
  late: (number, group) => `late${number} = Row${group}('late', [used${group}, limit${group}, ${number}])
everything${number} = [(row, mean${group}(row)) for row in [*rows${group}, late${number}]]
', '.join(f'{mean:.2f}' for _, mean in everything${number})`,
}
