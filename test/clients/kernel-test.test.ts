import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectRoot } from '../../src/files/project-root.js'
import { type Clients, jupyterClients } from './jupyter.js'
import { python } from './python.js'

/** What each of Jupyter's own tests for kernels is about. */
const claims: Readonly<Record<string, string>> = {
  test_kernel_info: 'kernel_info names language and extension',
  test_execute_stdout: 'standard output is a stream',
  test_execute_stderr: 'standard error is a stream',
  test_execute_result: 'the value of a cell is its result, in Unicode',
  test_display_data: 'HTML, text, SVG and PNG are displayed',
  test_error: 'an error is published once and replied',
  test_clear_output: 'a cell clears its output',
  test_completion: 'completion gives what can follow, also after astral characters',
  test_is_complete: 'is_complete tells complete, incomplete and invalid code apart',
  test_inspect: 'inspection explains what is at the cursor',
  test_history: 'history gives tails, ranges and what is searched for',
  test_recv_iopub_welcome_msg: 'the first message to a subscriber is iopub_welcome',
}

/** What a kernel of TypeScript has no use for. */
const skipped = { test_pager: 'skipped: No code page something' }

describe.skipIf(python === null)("Jupyter's tests for kernels pass:", () => {
  let clients: Clients
  let ends: Record<string, string> = {}

  beforeAll(async () => {
    clients = jupyterClients()
    const { stdout, stderr } = await clients.python([join(import.meta.dirname, 'kernel_test.py')], {
      cwd: join(projectRoot(), 'notebooks'),
    })
    try {
      ends = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
    } catch {
      throw new Error(`the tests did not run:\n${stderr}`)
    }
  }, 300_000)

  afterAll(() => clients?.remove())

  test.each(Object.entries(claims))('%s: %s', (name) => {
    expect(ends[name]).toBe('passed')
  })

  test('there are no others, but for the pager, which TypeScript has none of', () => {
    const others = Object.entries(ends).filter(([name]) => !(name in claims))
    expect(Object.fromEntries(others)).toEqual(skipped)
  })
})
