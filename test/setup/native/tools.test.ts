import { expect, it } from 'vitest'
import { findTools } from '../../../src/setup/native/tools.js'

const answering = process.execPath // Node, too, answers --version

it('a missing compiler is named, with what to do', async () => {
  const tools = findTools(process.cwd(), { CXX: '/nonexistent/compiler' })
  await expect(tools).rejects.toThrow(/no C\+\+ compiler .*\/nonexistent\/compiler.*apt install g\+\+.*CXX/)
})

it('a missing Python is named, with what to do', async () => {
  const tools = findTools(process.cwd(), { CXX: answering, PYTHON: '/nonexistent/python' })
  await expect(tools).rejects.toThrow(/no Python with pip .*\/nonexistent\/python.*python3-pip.*PYTHON/)
})

it('a Python without pip does not count', async () => {
  const tools = findTools(process.cwd(), { CXX: answering, PYTHON: answering })
  await expect(tools).rejects.toThrow(/no Python with pip/)
})
