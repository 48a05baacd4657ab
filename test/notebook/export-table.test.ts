import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { codeVersion } from '../../src/files/code-version.js'
import { rememberParameters } from '../../src/notebook/current-parameters.js'
import { checkParameters, exportTable } from '../../src/notebook/index.js'
import { type FakeKernel, startFakeKernel } from './fake-kernel.js'

describe('exportTable', () => {
  let kernel: FakeKernel
  let project: string
  beforeEach(() => {
    kernel = startFakeKernel()
    project = mkdtempSync(join(tmpdir(), 'thesis-'))
    writeFileSync(join(project, 'package.json'), '{"name": "executable-thesis", "version": "1.2.3"}')
    mkdirSync(join(project, 'notebooks'))
    writeFileSync(join(project, 'notebooks', 'package.json'), 'not JSON, not the project')
    vi.spyOn(process, 'cwd').mockReturnValue(join(project, 'notebooks'))
  })
  afterEach(() => {
    vi.restoreAllMocks()
    kernel.stop()
    rememberParameters({})
    rmSync(project, { recursive: true })
  })
  const written = (file: string) => readFileSync(join(project, 'results', 'tables', file), 'utf8')
  const rows = [
    { network: 'Deep, "wide"', cosine: 0.6712345 },
    { network: 'R-LSTM', cosine: 0.92 },
  ]

  it('writes CSV at full precision, LaTeX and Markdown as shown to results/tables, and what the CSV is about', () => {
    exportTable(rows, 'cosine', { digits: 2, caption: 'All.', label: 'tab:all' })
    expect(written('cosine.csv')).toBe('network,cosine\n"Deep, ""wide""",0.6712345\nR-LSTM,0.92\n')
    expect(written('cosine.tex')).toContain('0.67 \\\\')
    expect(written('cosine.tex')).toMatch(
      /^% Needs \\usepackage\{booktabs\}\.\n% title: All\.\n% version: [\s\S]*\n\\begin\{table\}/,
    )
    expect(written('cosine.md')).toContain('| R-LSTM | 0.92 |\n')
    expect(readdirSync(join(project, 'results', 'tables')).sort()).toEqual([
      'cosine.csv',
      'cosine.csv-metadata.json',
      'cosine.md',
      'cosine.tex',
    ])
  })

  it('shows the table with downloads that hold the files themselves and the path to them', () => {
    exportTable(rows, 'cosine')
    const { data } = kernel.outputs[0]!
    const html = String(data['text/html'])
    const [csv, latex, markdown] = [
      ...html.matchAll(/href="data:[\w/-]+;base64,([^"]+)" download="([^"]+)"/g),
    ]
    expect(csv?.[2]).toBe('cosine.csv')
    expect(Buffer.from(csv![1]!, 'base64').toString()).toBe(written('cosine.csv'))
    expect(latex?.[2]).toBe('cosine.tex')
    // The notebook's own copies are without what changes with every commit.
    const lasting = (file: string) => written(file).replace(/^(% )?(version|commit|date): .*\n/gm, '')
    expect(Buffer.from(latex![1]!, 'base64').toString()).toBe(lasting('cosine.tex'))
    expect(`${Buffer.from(markdown![1]!, 'base64')}`).toBe(lasting('cosine.md').replace(/\n<!--\n-->\n/, ''))
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

  it('says in LaTeX and beside the CSV of what it is: title, n, parameters and command', () => {
    checkParameters({ network: 'deep', seeds: [1, 2] })
    exportTable(rows, 'cosine', {
      caption: 'Cosine,\nall.',
      about: { n: 10_000, command: 'npm run notebook -- notebooks/08-evaluation.ipynb' },
    })
    expect(written('cosine.tex').split('\n').slice(1, 6)).toEqual([
      '% title: Cosine, all.',
      '% n: 10000',
      '% parameters: network = deep, seeds = 1, 2',
      '% command: npm run notebook -- notebooks/08-evaluation.ipynb',
      `% version: ${codeVersion().version}`,
    ])
    expect(JSON.parse(written('cosine.csv-metadata.json'))).toEqual({
      '@context': 'http://www.w3.org/ns/csvw',
      url: 'cosine.csv',
      'dc:title': 'Cosine,\nall.',
      notes: [
        {
          n: 10_000,
          parameters: { network: 'deep', seeds: [1, 2] },
          command: 'npm run notebook -- notebooks/08-evaluation.ipynb',
          ...codeVersion(),
        },
      ],
      tableSchema: { columns: [{ titles: 'network' }, { titles: 'cosine', datatype: 'number' }] },
    })
    expect(() => exportTable(rows, 'cosine', { about: { n: 0.5 } })).toThrow('n is 0.5')
  })

  it('keeps beside what other parameters made under the name, and says so', () => {
    checkParameters({ network: 'deep' })
    exportTable(rows, 'cosine')
    checkParameters({ network: 'shallow' })
    exportTable(rows.slice(1), 'cosine')
    const said = String(kernel.outputs.at(-1)!.data['text/plain'])
    const [, kept] =
      /other parameters \(network = deep\), is kept as results\/tables\/(cosine-[0-9a-f]{8})$/m.exec(said)!
    expect(written(`${kept}.csv`)).toContain('Deep')
    expect(written('cosine.csv')).not.toContain('Deep')
  })

  it('says how wide it is where it is printed, and refuses what is too wide before anything is written', () => {
    const wide = [{ words: 'a long text of many words '.repeat(5) }]
    expect(() => exportTable(wide, 'wide', { venue: 'neurips' })).toThrow(
      /^the table is [\d.]+ pt wide at 10 pt, and neurips allows 397.5 pt: /,
    )
    expect(existsSync(join(project, 'results'))).toBe(false)
    exportTable(wide, 'wide', { venue: 'neurips', fit: 'warn' })
    expect(kernel.outputs.at(-1)!.data['text/plain']).toMatch(
      /⚠ [\d.]+ pt wide at 10 pt, neurips allows 397.5 pt: too wide by/,
    )
    exportTable(wide, 'wide', { venue: 'neurips', fit: 'scale' })
    expect(written('wide.tex')).toContain('% Needs \\usepackage{booktabs} and \\usepackage{graphicx}.\n')
    expect(written('wide.tex')).toContain('\\resizebox{\\linewidth}{!}{%')
  })

  it('a name with a folder in it and a place outside the project are refused', () => {
    for (const name of ['../cosine', 'a/b', '', '.hidden', 'a b']) {
      expect(() => exportTable(rows, name)).toThrow('is no file name')
    }
    rmSync(join(project, 'package.json'))
    expect(() => exportTable(rows, 'cosine')).toThrow('is not inside it')
  })
})
