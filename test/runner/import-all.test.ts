import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { textField } from '../../src/runner/json.js'
import { KernelClient } from '../../src/runner/kernel-client.js'
import { projectKernel } from '../../src/runner/kernel-spec.js'
import { CellOutputs, DisplayRegistry } from '../../src/runner/outputs.js'

const PROJECT = join(import.meta.dirname, '..', '..')
const SOURCES = join(PROJECT, 'src')
// Tools run through tsx, and the entry files of workers in threads of their own.
const NOT_FOR_CELLS = /^(runner|setup|commands|checks|explorer|faults|lab)\/|-worker\.ts$|\.d\.ts$/

const modules = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !NOT_FOR_CELLS.test(file))
  .sort()

test('a cell imports every module of src, and the kernel finds no error in any of them', async () => {
  const folder = join(PROJECT, 'notebooks')
  expect(existsSync(folder)).toBe(true)
  const kernel = await KernelClient.start({
    spec: projectKernel,
    folder,
    // Sources are otherwise checked once they are edited; here all of them are, by the kernel's own compiler.
    env: { THESIS_KERNEL_CHECK: 'all' },
  })
  try {
    const imports = modules.map((file, i) => {
      const path = relative(folder, join(SOURCES, file)).replaceAll('\\', '/').replace(/\.ts$/, '.js')
      return `import * as module${i} from '${path}'`
    })
    const names = modules.map((_, i) => `module${i}`).join(', ')
    const outputs = new CellOutputs(new DisplayRegistry())
    const reply = await kernel.execute(`${imports.join('\n')}\n[${names}].length`, ({ type, content }) =>
      outputs.receive(type, content),
    )
    expect(outputs.errors.map(({ traceback }) => traceback.join('\n')).join('\n')).toBe('')
    expect(textField(reply, 'status')).toBe('ok')
    expect(JSON.stringify(outputs.list)).toContain(`"text/plain":"${modules.length}"`)
  } finally {
    await kernel.shutdown()
  }
})
