import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tableBundle } from '../../src/notebook/table.js'
import { type Lab, startLab } from './lab.js'
import { errorsOf } from './lab-page.js'

let lab: Lab
beforeAll(async () => {
  lab = await startLab('tables')
})
afterAll(() => lab?.close())

test('a table is sorted by keyboard, filtered and copied, also from the saved notebook, and typing in it is no command', async () => {
  const notebook = await lab.open('01-dataset.ipynb')
  await notebook.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const id = await notebook.append(
    `import { table } from 'arquero'\ntable({ network: ['Deep', 'R-LSTM', 'Shallow'], cosine: [0.67, 0.92, 0.5] })`,
  )
  expect(errorsOf(await notebook.run(id))).toEqual([])
  const cells = (await notebook.cells()).length
  const useTable = async () => {
    const shown = (await notebook.select(id)).locator('.thesis-table')
    const names = () => shown.locator('tbody tr:visible th').allTextContents()
    await shown.locator('thead button', { hasText: 'cosine' }).focus()
    await notebook.page.keyboard.press('Enter')
    expect(await names()).toEqual(['Shallow', 'Deep', 'R-LSTM'])
    await notebook.page.keyboard.press('Space')
    expect(await names()).toEqual(['R-LSTM', 'Deep', 'Shallow'])
    // Letters of which each is a command of the notebook: a cell above, below, deleted.
    await shown.locator('input').click()
    await notebook.page.keyboard.type('abdd')
    expect(await names()).toEqual([])
    await shown.locator('input').fill('deep')
    expect(await names()).toEqual(['Deep'])
    await shown.locator('button', { hasText: 'Copy CSV' }).click()
    await shown.locator('output', { hasText: 'CSV copied' }).waitFor()
    expect(await notebook.page.evaluate(() => navigator.clipboard.readText())).toBe(
      'network,cosine\nDeep,0.67\nR-LSTM,0.92\nShallow,0.5\n',
    )
    expect(await notebook.cells()).toHaveLength(cells)
  }
  await useTable()
  await notebook.screenshot('tables', id)
  await notebook.save()
  await notebook.page.reload()
  await notebook.goTo(notebook.page.url())
  await useTable()
  await notebook.close()
})

test('in a notebook that is not trusted a table is plain, with nothing to press and every name in its place', async () => {
  const rows = [
    { dataset: 'MNIST', network: 'Deep', cosine: 0.67 },
    { dataset: 'MNIST', network: 'R-LSTM', cosine: 0.92 },
  ]
  const options = { groups: 'dataset', best: 'highest', caption: 'Cosine by network.' } as const
  const data = tableBundle(rows, { limit: 50, ...options })
  const output = { output_type: 'display_data', data, metadata: {} }
  const kernelspec = { name: 'thesis', display_name: 'TypeScript (thesis)', language: 'typescript' }
  writeFileSync(
    join(lab.folder, 'notebooks', 'untrusted.ipynb'),
    JSON.stringify({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: { kernelspec },
      cells: [
        { cell_type: 'code', id: 'table', source: '', execution_count: 1, metadata: {}, outputs: [output] },
      ],
    }),
  )
  const notebook = await lab.open('untrusted.ipynb')
  const shown = (await notebook.select('table')).locator('.jp-OutputArea-output')
  await shown.locator('table').waitFor()
  await notebook.screenshot('tables-untrusted', 'table')
  expect(await shown.locator('button, input, script').count()).toBe(0)
  expect(await shown.locator('caption').textContent()).toBe('Cosine by network.')
  expect(await shown.locator('tbody tr').allTextContents()).toEqual(['MNISTDeep0.6700', 'MNISTR-LSTM0.9200'])
  expect(await shown.locator('tbody b').allTextContents()).toEqual(['0.9200'])
  await notebook.close()
})
