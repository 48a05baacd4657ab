import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe } from '../../architectures/index.js'
import { projectRoot } from '../../files/project-root.js'
import { valueOfFile } from '../../thesis/values/values-of-file.js'
import type { Subject } from '../subject.js'

const FILE = 'mine.mts'

const source = (hidden: number): string => {
  const from = (path: string) =>
    JSON.stringify(pathToFileURL(join(projectRoot(import.meta.dirname), 'src', path)).href)
  return `import { defineArchitecture } from ${from('architectures/define-architecture.ts')}
import { layer } from ${from('network/parameters.ts')}
import { readout } from ${from('architectures/dense-layer.ts')}
import { frames } from ${from('network/sequence.ts')}

// A network of one layer that reads the last step alone.
export const own = defineArchitecture({
  id: 'of-the-campaign',
  title: 'Of the campaign',
  units: { hidden: ${hidden} },
  parameters: ({ rows, stepColumns, classes }, { hidden }) => [
    ...layer('hidden', [rows * stepColumns, hidden]),
    ...layer('readout', [hidden, classes]),
  ],
  forward: (geometry, { hidden }) => (ops, w, x) => {
    const inputs = ops.terms(frames(x, geometry), w['hidden.kernel'], 'pixels', geometry.steps)
    const sum = ops.affine('hidden', [inputs.at(-1)], w['hidden.bias'])
    return readout(ops, w, ops.relu(sum))
  },
})
`
}

const GEOMETRY = { rows: 4, stepColumns: 3, steps: 2, classes: 3 }

export const modules: readonly Subject[] = [
  {
    kind: 'module of a user',
    isSealed: false,
    isCode: true,
    names: ['of-the-campaign'],
    make: (folder, variant) => writeFileSync(join(folder, FILE), source(5 + variant)),
    async read(folder) {
      const own = await valueOfFile('architecture', join(folder, FILE))
      const { id, title, units } = own
      return JSON.stringify([id, title, units, describe(own, GEOMETRY, units).fingerprint])
    },
  },
]
