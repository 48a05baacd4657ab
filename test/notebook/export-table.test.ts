import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { exportTable } from '../../src/notebook/index.js'
import { type FakeKernel, startFakeKernel } from './fake-kernel.js'

describe('exportTable', () => {
  let kernel: FakeKernel
  let project: string
  beforeEach(() => {
    kernel = startFakeKernel()
    project = mkdtempSync(join(tmpdir(), 'thesis-'))
    writeFileSync(join(project, 'package.json'), '{"name": "executable-thesis"}')
    mkdirSync(join(project, 'notebooks'))
    writeFileSync(join(project, 'notebooks', 'package.json'), 'not JSON, not the project')
    vi.spyOn(process, 'cwd').mockReturnValue(join(project, 'notebooks'))
  })
  afterEach(() => {
    vi.restoreAllMocks()
    kernel.stop()
    rmSync(project, { recursive: true })
  })
  const written = (file: string) => readFileSync(join(project, 'results', 'tables', file), 'utf8')
  const rows = [
    { network: 'Deep, "wide"', cosine: 0.6712345 },
    { network: 'R-LSTM', cosine: 0.92 },
  ]

  it('writes the CSV at full precision and the LaTeX as shown to results/tables, and nothing else', () => {
    exportTable(rows, 'cosine', { digits: 2, caption: 'All.', label: 'tab:all' })
    expect(written('cosine.csv')).toBe('network,cosine\n"Deep, ""wide""",0.6712345\nR-LSTM,0.92\n')
    expect(written('cosine.tex')).toContain('0.67 \\\\')
    expect(written('cosine.tex')).toMatch(/^% Needs \\usepackage\{booktabs\}\.\n\\begin\{table\}/)
    expect(readdirSync(join(project, 'results', 'tables')).sort()).toEqual(['cosine.csv', 'cosine.tex'])
  })

  it('shows the table with downloads that hold the files themselves and the path to them', () => {
    exportTable(rows, 'cosine')
    const { data } = kernel.outputs[0]!
    const html = String(data['text/html'])
    const [csv, latex] = [...html.matchAll(/href="data:[\w/-]+;base64,([^"]+)" download="([^"]+)"/g)]
    expect(csv?.[2]).toBe('cosine.csv')
    expect(Buffer.from(csv![1]!, 'base64').toString()).toBe(written('cosine.csv'))
    expect(latex?.[2]).toBe('cosine.tex')
    expect(Buffer.from(latex![1]!, 'base64').toString()).toBe(written('cosine.tex'))
    for (const type of ['text/html', 'text/markdown', 'text/plain']) {
      expect(data[type]).toContain('results/tables/cosine.csv')
      expect(data[type]).not.toContain(project)
    }
    expect(html).toContain('<details><summary>LaTeX</summary><pre>% Needs')
  })

  it('exporting again replaces the files and gives the same bytes', () => {
    exportTable(rows, 'cosine')
    const before = written('cosine.tex')
    exportTable(rows, 'cosine')
    expect(written('cosine.tex')).toBe(before)
    expect(kernel.outputs[1]).toEqual(kernel.outputs[0])
  })

  it('a name with a folder in it and a place outside the project are refused', () => {
    for (const name of ['../cosine', 'a/b', '', '.hidden', 'a b']) {
      expect(() => exportTable(rows, name)).toThrow('is no file name')
    }
    rmSync(join(project, 'package.json'))
    expect(() => exportTable(rows, 'cosine')).toThrow('is not inside it')
  })
})
