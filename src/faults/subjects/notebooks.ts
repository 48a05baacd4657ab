import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readTextSync } from '../../files/read-whole.js'
import { readKernelSpec } from '../../runner/kernel-spec.js'
import { formatNotebook, parseNotebook, readNotebook } from '../../runner/notebook-file.js'
import { notebookParameters, parameterise, parseSetting } from '../../runner/parameterise.js'
import type { Subject } from '../subject.js'

const FILE = 'training.ipynb'
const SOURCE = `const parameters = {
  network: 'deep' as 'deep' | 'shallow', // which network
  epochs: 5, // passes
  rate: 1e-3,
  isQuick: true,
  names: ['a', 'b'],
}`

export const notebookText = (variant: number): string => {
  const cells = [
    { ...{ cell_type: 'markdown', id: 'title', metadata: {}, source: ['# Training\n', `of ${variant}`] } },
    {
      ...{ cell_type: 'code', id: 'parameters', metadata: { tags: ['parameters'] }, source: SOURCE },
      ...{ outputs: [], execution_count: null },
    },
    {
      ...{
        cell_type: 'code',
        id: 'ends',
        metadata: {},
        source: `parameters.epochs + ${variant}`,
        execution_count: 3,
      },
      outputs: [{ output_type: 'stream', name: 'stdout', text: ['5\n'] }],
    },
  ]
  const metadata = {
    kernelspec: { name: 'typescript-thesis', display_name: 'TypeScript', language: 'typescript' },
  }
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`
}

/** Values as people type them behind `--set`, one a line. */
const LINES = ['network=deep', 'epochs=7', 'rate=0.01', 'isQuick=false', 'names=a,b,c'].join('\n')

export const notebooks: readonly Subject[] = [
  {
    kind: 'notebook',
    isSealed: false,
    names: ['notebook'],
    make: (folder, variant) => writeFileSync(join(folder, FILE), notebookText(variant)),
    read(folder) {
      const notebook = readNotebook(join(folder, FILE))
      return formatNotebook(notebook) + JSON.stringify(notebookParameters(notebook))
    },
  },
  {
    kind: 'parameters of a notebook',
    isSealed: false,
    // They are typed, so that an error names what was typed.
    names: ['parameter', 'network', 'epochs', 'rate', 'isQuick', 'names', '='],
    make(folder, variant) {
      writeFileSync(join(folder, 'set.txt'), variant === 0 ? LINES : LINES.replace('7', '9'))
    },
    read(folder) {
      const settings = readTextSync(join(folder, 'set.txt')).split('\n').map(parseSetting)
      const whole = parseNotebook(notebookText(0))
      return formatNotebook(parameterise(whole, settings))
    },
  },
  {
    kind: 'kernel.json',
    isSealed: false,
    make(folder, variant) {
      const spec = {
        argv: ['node', 'kernel.cjs', '{connection_file}'],
        display_name: 'T',
        env: { A: `${variant}` },
      }
      const text = JSON.stringify({ ...spec, interrupt_mode: 'message', language: 'typescript' }, null, 2)
      writeFileSync(join(folder, 'kernel.json'), `${text}\n`)
    },
    read: (folder) => JSON.stringify(readKernelSpec(join(folder, 'kernel.json'))),
  },
]
