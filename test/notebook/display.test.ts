import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { display, escapeHtml, html, insideKernel, markdown, updatable } from '../../src/notebook/index.js'
import { type FakeKernel, startFakeKernel } from './fake-kernel.js'

describe('in a kernel', () => {
  let kernel: FakeKernel
  beforeEach(() => {
    kernel = startFakeKernel()
  })
  afterEach(() => kernel.stop())

  it('all MIME types of a bundle go into one output, bytes as base64 and objects as they are', () => {
    display(
      {
        'text/plain': 'a',
        'image/png': Uint8Array.of(1, 2, 3),
        'application/vnd.plotly.v1+json': { data: [] },
      },
      { 'image/png': { width: 5 } },
    )
    expect(kernel.outputs).toEqual([
      {
        data: { 'text/plain': 'a', 'image/png': 'AQID', 'application/vnd.plotly.v1+json': { data: [] } },
        metadata: { 'image/png': { width: 5 } },
        transient: {},
      },
    ])
  })

  it('Markdown and HTML keep a text beside them', () => {
    markdown('**x**')
    html('<b>x</b>', 'x')
    expect(kernel.outputs.map(({ data }) => data)).toEqual([
      { 'text/markdown': '**x**', 'text/plain': '**x**' },
      { 'text/html': '<b>x</b>', 'text/plain': 'x' },
    ])
  })

  it('an updatable output stays one output, also beside another and after other outputs', () => {
    const [first, second] = [updatable(), updatable()]
    first.update({ 'text/plain': '1' })
    second.update({ 'text/plain': 'a' })
    markdown('between')
    first.update({ 'text/plain': '2' })
    second.update({ 'text/plain': 'b' })
    expect(kernel.outputs.map(({ data }) => data['text/plain'])).toEqual(['2', 'b', 'between'])
  })

  it('nothing is printed', () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    markdown('x')
    updatable().update({ 'text/plain': '1' })
    expect(log).not.toHaveBeenCalled()
    log.mockRestore()
  })
})

describe('outside a kernel', () => {
  it('the text is printed, and an update only where it changed', () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    expect(insideKernel()).toBe(false)
    html('<b>x</b>', 'x')
    const output = updatable()
    for (const text of ['1', '1', '2']) output.update({ 'text/plain': text })
    expect(log.mock.calls.flat()).toEqual(['x', '1', '2'])
    log.mockRestore()
  })
})

it('escaped text is inert in content and in attributes', () => {
  expect(escapeHtml(`<a href="x" title='y'>&`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;')
})
