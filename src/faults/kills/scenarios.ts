import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { withoutRunRecord } from '../../runner/run-record.js'
import { source, typescript } from '../commands-of.js'
import { idxFiles, writeDataset } from '../tiny-dataset.js'
import { bundled } from './bundled.js'
import type { Scenario } from './scenario.js'

function makeProject(folder: string): void {
  writeFileSync(join(folder, 'package.json'), '{ "name": "executable-thesis" }')
  writeDataset(join(folder, 'data', 'tiny'), idxFiles(), { format: 'idx' })
}

const NOTEBOOK = 'counting.ipynb'

function makeNotebook(folder: string): void {
  makeProject(folder)
  mkdirSync(join(folder, 'notebooks'))
  const cell = (id: string, source: string, tags: readonly string[] = []) => ({
    ...{ cell_type: 'code', id, source, outputs: [], execution_count: null, metadata: { tags } },
  })
  const cells = [
    cell('parameters', 'const parameters = {\n  step: 2, // what is added\n}', ['parameters']),
    cell('counts', 'let sum = 0\nfor (let i = 0; i < 5; i++) sum += parameters.step\nsum'),
    cell('waits', 'await new Promise((resolve) => setTimeout(resolve, 300))\nsum * 2'),
  ]
  const content = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }
  writeFileSync(join(folder, 'notebooks', NOTEBOOK), JSON.stringify(content))
}

/** What of an executed notebook is the same in every run: when it ran is not. */
const executed = (bytes: Buffer): string => withoutRunRecord(bytes.toString())

/** What is killed. */
export const scenarios: readonly Scenario[] = [
  {
    kind: 'training',
    share: 68,
    argv: async () => [await bundled('training')],
    begins: /ready/,
    make: makeProject,
    content: (_, bytes) => bytes,
  },
  {
    kind: 'npm run train',
    share: 4,
    argv: async () => [
      ...[
        ...typescript(),
        source('commands', 'train.ts'),
        '--dataset',
        './data/tiny',
        '--network',
        'shallow',
      ],
      ...['--units.hidden=8', '--units.recurrent=8', '--step-columns', '4', '--epochs', '4', '--jobs', '1'],
    ],
    begins: /epoch 1/,
    make: makeProject,
    content: (_, bytes) => bytes,
  },
  {
    kind: 'export of a figure',
    share: 10,
    argv: async () => [await bundled('export')],
    begins: /ready/,
    make: makeProject,
    content: (_, bytes) => bytes,
  },
  {
    kind: 'study',
    share: 8,
    argv: async () => [...typescript(), source('faults', 'programs', 'study.ts')],
    begins: /ready/,
    make: makeProject,
    // How long a cell took, and so what the tables say of it, is another each time.
    content: (file, bytes) => (/run\.json$|study\.(csv|parquet)$/.test(file) ? null : bytes),
  },
  {
    kind: 'run of a notebook',
    share: 6,
    argv: async () => [
      ...[...typescript(), source('commands', 'notebook.ts'), join('notebooks', NOTEBOOK)],
      ...['--out', join('results', NOTEBOOK)],
    ],
    begins: /cell 1/,
    make: makeNotebook,
    content: (_, bytes) => executed(bytes),
  },
  {
    kind: 'sweep',
    share: 4,
    argv: async () => [
      ...[...typescript(), source('commands', 'sweep.ts'), join('notebooks', NOTEBOOK)],
      ...['--set', 'step=2,3', '--jobs', '2', '--name', 'steps'],
    ],
    begins: /combinations to run/,
    make: makeNotebook,
    // A record says how long the run took, and a comparison too.
    content: (file, bytes) =>
      /run\.json$|comparison\./.test(file)
        ? null
        : basename(dirname(file)) === 'steps'
          ? bytes
          : executed(bytes),
  },
]
