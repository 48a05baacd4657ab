import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { executeNotebook } from '../../src/runner/execute.js'
import { temporaryFolder } from '../runner/notebooks.js'
import { clientEnvironment, python, runPython } from './python.js'

const folder = temporaryFolder()
afterAll(folder.remove)

const READ = `
import sys, warnings
import nbformat
from papermill.iorw import load_notebook_node

warnings.simplefilter('error')
nbformat.validate(nbformat.read(sys.argv[1], as_version=4))
record = load_notebook_node(sys.argv[1]).metadata.papermill
print(record.parameters['epochs'], [cell.metadata.papermill.status for cell in load_notebook_node(sys.argv[1]).cells])
`

test.skipIf(!python)(
  'nbformat finds nothing wrong with a notebook that was run, and papermill reads its record',
  async () => {
    const code = (source: string, ...tags: string[]) => ({ cell_type: 'code', source, metadata: { tags } })
    const cells = [
      { cell_type: 'markdown', id: 'a', source: '# T', metadata: {} },
      code('const parameters = { epochs: 5 }', 'parameters'),
      { ...code('throw new Error("as shown")', 'raises-exception'), id: 'a' },
      { ...code('never', 'skip-execution'), id: 'not an id' },
      code('console.log(parameters); parameters.epochs'),
    ]
    const notebook = join(folder.path, 'any.ipynb')
    const out = join(folder.path, 'out.ipynb')
    writeFileSync(notebook, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 }))
    expect((await executeNotebook({ notebook, out, sets: ['epochs=7'] })).failure).toBeUndefined()
    const env = clientEnvironment(folder.path)
    expect((await runPython(['-c', READ, out], { cwd: folder.path, env })).trim()).toBe(
      `7 ['completed', 'completed', 'completed', 'completed', 'completed']`,
    )
  },
  600_000,
)
