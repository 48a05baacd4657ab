import { JSDOM } from 'jsdom'
import { describe, expect, it } from 'vitest'
import { toGrid } from '../../src/notebook/grid.js'
import { tableBundle } from '../../src/notebook/table.js'
import { toHtml } from '../../src/notebook/table-html.js'
import type { TableOptions } from '../../src/notebook/table-options.js'
import type { Row } from '../../src/notebook/table-source.js'

const rows = [
  { network: 'Deep', cosine: 0.67004, n: 10_000 },
  { network: 'R-LSTM', cosine: -0.5, n: 900 },
  { network: 'Shallow', cosine: null, n: 1200 },
  { network: 'ConvDeep', cosine: 0.66996, n: 30 },
]

const htmlOf = (source: readonly Row[], options: TableOptions = {}) =>
  String(tableBundle(source, { limit: 50, ...options })['text/html'])

/** The table in a page, as a notebook's viewer shows it from the saved output. */
function opened(source: readonly Row[], options: TableOptions = {}) {
  const copied: string[] = []
  const { window } = new JSDOM(`<body>${htmlOf(source, options)}</body>`, {
    runScripts: 'dangerously',
    beforeParse: (window) => {
      Object.defineProperty(window.navigator, 'clipboard', {
        value: { writeText: async (text: string) => void copied.push(text) },
      })
    },
  })
  const { document } = window
  const headings = () => [...document.querySelectorAll('thead tr:last-child th')]
  return {
    window,
    document,
    copied,
    headings,
    sortBy: (name: string) =>
      headings()
        .find(({ textContent }) => textContent === name)!
        .querySelector('button')!
        .click(),
    column: (i: number) =>
      [...document.querySelectorAll('tbody tr')]
        .filter((row) => !row.hasAttribute('hidden'))
        .map((row) => row.children[i]!.textContent),
    filter: (text: string) => {
      const field = document.querySelector<HTMLInputElement>('input[type=search]')!
      field.value = text
      field.dispatchEvent(new window.Event('input'))
    },
    press: (label: string) =>
      [...document.querySelectorAll('button')].find(({ textContent }) => textContent === label)!.click(),
    status: () => document.querySelector('output')!.textContent,
  }
}

describe('a table where scripts run', () => {
  it('is sorted by the value, not by its text, up, down and as it was, what is missing last', () => {
    const table = opened(rows)
    table.sortBy('cosine')
    expect(table.column(0)).toEqual(['R-LSTM', 'ConvDeep', 'Deep', 'Shallow'])
    table.sortBy('cosine')
    expect(table.column(0)).toEqual(['Deep', 'ConvDeep', 'R-LSTM', 'Shallow'])
    table.sortBy('cosine')
    expect(table.column(0)).toEqual(['Deep', 'R-LSTM', 'Shallow', 'ConvDeep'])
    table.sortBy('n')
    expect(table.column(2)).toEqual(['30', '900', '1,200', '10,000'])
    table.sortBy('network')
    expect(table.column(0)).toEqual(['ConvDeep', 'Deep', 'R-LSTM', 'Shallow'])
  })

  it('is sorted by the keyboard too, and says by which column and which way', () => {
    const table = opened(rows)
    const said = () => table.headings().map((heading) => heading.getAttribute('aria-sort'))
    expect(said()).toEqual(['none', 'none', 'none'])
    // A button is reached by Tab and pressed by Enter and Space.
    for (const heading of table.headings()) expect(heading.querySelector('button')!.tabIndex).toBe(0)
    table.sortBy('n')
    expect(said()).toEqual(['none', 'none', 'ascending'])
    table.sortBy('n')
    expect(said()).toEqual(['none', 'none', 'descending'])
    table.sortBy('cosine')
    expect(said()).toEqual(['none', 'ascending', 'none'])
  })

  it('shows the rows that hold all words of a filter, and how many they are', () => {
    const table = opened(rows)
    table.filter('DEEP 0.67')
    expect(table.column(0)).toEqual(['Deep', 'ConvDeep'])
    expect(table.status()).toBe('2 of 4 rows')
    table.filter('-0.5')
    expect(table.column(0)).toEqual(['R-LSTM'])
    table.filter('')
    expect(table.column(0)).toHaveLength(4)
    expect(table.status()).toBe('')
  })

  it('is copied as CSV, LaTeX and Markdown', async () => {
    const table = opened(rows, { digits: 2 })
    for (const format of ['CSV', 'LaTeX', 'Markdown']) table.press(`Copy ${format}`)
    await new Promise((resolve) => setTimeout(resolve))
    const [csv, latex, markdown] = table.copied
    expect(csv).toBe(
      'network,cosine,n\nDeep,0.67004,10000\nR-LSTM,-0.5,900\nShallow,,1200\nConvDeep,0.66996,30\n',
    )
    expect(latex).toContain('  R-LSTM & $-0.50$ & 900.00 \\\\\n')
    expect(markdown).toContain('| R-LSTM | −0.50 | 900.00 |\n')
    expect(table.status()).toBe('Markdown copied')
  })

  it('repeats the name of a group where sorting or filtering tears the group apart', () => {
    const table = opened(
      [
        { dataset: 'MNIST', network: 'Deep', cosine: 0.7 },
        { dataset: 'MNIST', network: 'R-LSTM', cosine: 0.9 },
        { dataset: 'Fashion', network: 'Deep', cosine: 0.8 },
      ],
      { groups: 'dataset' },
    )
    const seen = () =>
      [...table.document.querySelectorAll<HTMLElement>('tbody tr:not([hidden]) [data-group]')].map(
        ({ style, textContent }) => (style.opacity === '0' ? '' : textContent),
      )
    expect(seen()).toEqual(['MNIST', '', 'Fashion'])
    table.sortBy('cosine')
    expect(seen()).toEqual(['MNIST', 'Fashion', 'MNIST'])
    table.sortBy('network')
    table.filter('r-lstm')
    expect(seen()).toEqual(['MNIST'])
  })

  it('is taken once, however many tables a page has', () => {
    const html = htmlOf(rows)
    const { window } = new JSDOM(`<body>${html}${html}</body>`, { runScripts: 'dangerously' })
    expect(window.document.querySelectorAll('input[type=search]')).toHaveLength(2)
    expect(window.document.querySelectorAll('thead button')).toHaveLength(6)
  })

  it('has neither sorting nor a filter with a single row, and runs without any', () => {
    expect(opened(rows.slice(0, 1)).document.querySelectorAll('input, thead button')).toHaveLength(0)
    expect(opened([]).document.querySelectorAll('button')).toHaveLength(0)
  })
})

describe('a table where no scripts run', () => {
  const plain = (source: readonly Row[], options: TableOptions = {}) =>
    new JSDOM(htmlOf(source, options)).window.document

  it('is a table with nothing to press, whose headings say what they head', () => {
    const document = plain(rows, { caption: 'Cosine by network.' })
    expect(document.querySelectorAll('button, input')).toHaveLength(0)
    expect(document.querySelector('caption')!.textContent).toBe('Cosine by network.')
    expect([...document.querySelectorAll('thead th')].map((th) => th.getAttribute('scope'))).toEqual([
      'col',
      'col',
      'col',
    ])
    expect([...document.querySelectorAll('tbody th')].map((th) => th.getAttribute('scope'))).toEqual(
      Array(4).fill('row'),
    )
  })

  it('has the names of groups in every row for screen readers and viewers without styles', () => {
    const document = plain(
      [
        { dataset: 'MNIST', network: 'Deep' },
        { dataset: 'MNIST', network: 'R-LSTM' },
      ],
      { groups: 'dataset' },
    )
    const names = [...document.querySelectorAll<HTMLElement>('[data-group]')]
    expect(names.map(({ textContent }) => textContent)).toEqual(['MNIST', 'MNIST'])
    expect(names.map(({ style }) => style.opacity)).toEqual(['', '0'])
  })
})

it('a table asks nothing of the network, has no random names and ends its scripts where they end', () => {
  const html = htmlOf([{ text: '</script><b>' }, { text: 'https://example.org' }])
  expect(html).not.toMatch(/<link|src=|href=|fetch\(|import\(|XMLHttp/)
  expect(html).toBe(htmlOf([{ text: '</script><b>' }, { text: 'https://example.org' }]))
  const { window } = new JSDOM(html, { runScripts: 'dangerously' })
  expect(window.document.querySelector('tbody td, tbody th')!.textContent).toBe('</script><b>')
  expect([...window.document.querySelectorAll('button')].map(({ textContent }) => textContent)).toContain(
    'Copy CSV',
  )
})

it('a pivot has the headings of its values above those of its columns', () => {
  const grid = toGrid(
    ['SA', 'GB'].map((method) => ({ network: 'Deep', method, cosine: 0.5, rank: 0.25 })),
    { pivot: { rows: 'network', columns: 'method', values: ['cosine', 'rank'] } },
  )
  const { document } = new JSDOM(toHtml(grid)).window
  const [above] = document.querySelectorAll('thead tr')
  expect([...above!.children].map(({ textContent }) => textContent)).toEqual(['', 'cosine', 'rank'])
  expect([...above!.children].map((cell) => cell.getAttribute('colspan'))).toEqual(['1', '2', '2'])
  expect(above!.querySelectorAll('th[scope=colgroup]')).toHaveLength(2)
})

it('the colours are those of JupyterLab’s theme', () => {
  expect(htmlOf(rows)).toContain('background: var(--jp-layout-color1, transparent)')
})
