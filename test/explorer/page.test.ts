import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ExplorerPage, executablePath, type Opened, openExplorer, valuesOf } from './explorer-page.js'

const suite = describe.skipIf(executablePath === null)
const WHERE = executablePath === null ? ' (left out: there is no Chromium here; CHROME names one)' : ''

suite(`the explorer${WHERE}`, () => {
  let opened: Opened
  beforeAll(async () => {
    opened = await openExplorer()
  }, 300_000)
  afterAll(() => opened?.close())

  const closing = async (page: ExplorerPage) => {
    expect(page.errors).toEqual([])
    await page.page.context().close()
  }

  it('fetches nothing but what lies beside its page, whatever is shown', async () => {
    const page = await opened.open()
    await page.asking(() => page.button('ConvR-LSTM').click())
    await page.page.getByLabel('Images', { exact: true }).selectOption({ label: 'FashionMNIST-MAJ' })
    await page.explained()
    const elsewhere = page.requests.filter(
      (address) => !address.startsWith(opened.served.address) && !/^(blob|data):/.test(address),
    )
    expect(page.requests.length).toBeGreaterThan(8)
    expect(elsewhere).toEqual([])
    await closing(page)
  })

  it('explains what is drawn with the mouse, and reads what it is', async () => {
    const page = await opened.open()
    await page.asking(() => page.button('Clear all').click())
    expect(await page.page.locator('.heatmaps .lead').textContent()).toContain('Draw something')
    const ones = [0.165, 0.5, 0.83].map((x) => [
      [x, 0.2],
      [x, 0.8],
    ]) as [number, number][][]
    for (const one of ones) await page.asking(() => page.draw(one))
    expect(await page.page.getByLabel('What image 1 is').locator('option').first().textContent()).toMatch(
      /\(read\)$/,
    )
    const rows = await page.csv()
    expect(valuesOf(rows, { network: 'r-lstm', quantity: 'evidence' })).toHaveLength(10)
    await page.asking(() => page.button('Undo').click())
    expect(await page.page.getByLabel('What image 3 is').locator('option').first().textContent()).toBe(
      'empty',
    )
    await closing(page)
  })

  it('can be drawn on and asked by keyboard alone', async () => {
    const page = await opened.open()
    const { keyboard } = page.page
    const focused = () => page.page.evaluate(() => document.activeElement?.className ?? '')
    for (let k = 0; k < 40 && !(await focused()).startsWith('board'); k++) await keyboard.press('Tab')
    const before = await page.csv()
    await page.page.locator('.board').focus()
    await page.asking(async () => {
      await keyboard.press('Shift+ArrowRight')
      await keyboard.press('Enter')
      for (let k = 0; k < 8; k++) await keyboard.press('ArrowDown')
    })
    const after = await page.csv()
    expect(valuesOf(after, { quantity: 'evidence' })).not.toEqual(valuesOf(before, { quantity: 'evidence' }))
    await page.page.locator('.radio input').first().focus()
    await page.asking(() => keyboard.press('ArrowRight'))
    expect(await page.page.getByRole('radio', { name: 'the majority' }).isChecked()).toBe(true)
    await page.page.getByLabel('Relevance has flowed back to step').focus()
    await keyboard.press('End')
    expect(await page.page.locator('.scrubber output').textContent()).toBe('Step 12 of 12')
    await closing(page)
  })

  it('swaps, erases and moves images, and relevance follows', async () => {
    const page = await opened.open()
    const items = async () =>
      valuesOf(await page.csv(), { network: 'r-lstm', method: 'deepTaylor', quantity: 'relevance of image' })
    const label = (place: number) =>
      page.page.getByLabel(`What image ${place} is`).locator('option').first().textContent()
    const before = [await label(1), await label(2), await label(3)]
    await page.asking(() => page.button('Swap images 1 and 2').click())
    expect([await label(1), await label(2), await label(3)]).toEqual([before[1], before[0], before[2]])
    const swapped = await items()
    await page.asking(() => page.button('Move image 3 left').click())
    expect(await items()).not.toEqual(swapped)
    await page.asking(() => page.button('Erase image 1').click())
    expect(await label(1)).toBe('empty')
    await closing(page)
  })

  it('takes another class, and says where nothing is shared out', async () => {
    const page = await opened.open()
    const evidence = valuesOf(await page.csv(), { network: 'r-lstm', quantity: 'evidence' })
    const negative = evidence.findIndex((value) => value < 0)
    await page.asking(() => page.page.getByRole('radio', { name: String(negative), exact: true }).check())
    const rows = await page.csv()
    expect(new Set(rows.filter(({ method }) => method === 'deepTaylor').map((row) => row.class))).toEqual(
      new Set([String(negative)]),
    )
    expect(
      valuesOf(rows, { network: 'r-lstm', method: 'deepTaylor', quantity: 'relevance of image' }),
    ).toEqual([0, 0, 0])
    expect(await page.page.locator('.cell.followed').textContent()).toContain('No relevance')
    await closing(page)
  })

  it('shows a trained network beside the same one untrained', async () => {
    const page = await opened.open()
    await page.asking(() => page.button('Shallow').click())
    await page.asking(() => page.button('R-LSTM, untrained').click())
    expect(await page.page.locator('.grid-row h3').allTextContents()).toEqual(['R-LSTM', 'R-LSTM, untrained'])
    const rows = await page.csv()
    expect(valuesOf(rows, { network: 'r-lstm~untrained', quantity: 'evidence' })).toHaveLength(10)
    await closing(page)
  })

  it('walks back through time, and its ledger adds up to the evidence at every class', async () => {
    const page = await opened.open()
    const rows = await page.csv()
    const part = (quantity: string) => valuesOf(rows, { network: 'r-lstm', method: 'deepTaylor', quantity })
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
    const [entered] = part('ledger: entered')
    const sinks = ['initialState', 'biases', 'epsilon', 'undistributed', 'rounding'].flatMap((name) =>
      part(`ledger: ${name}`),
    )
    expect(sum([...part('relevance of step'), ...sinks])).toBeCloseTo(entered!, 5)
    expect(part('gate on cell from before')).toHaveLength(12)
    await page.page.getByLabel('Relevance has flowed back to step').fill('12')
    await page.button('Play').click()
    await page.page.waitForFunction(
      () => document.querySelector('.scrubber output')?.textContent === 'Step 1 of 12',
    )
    await page.button('Play').waitFor()
    await closing(page)
  })

  it('leads through six stations that say what their numbers are', async () => {
    const page = await opened.open()
    await page.button('Take the tour').click()
    const titles = new Set<string>()
    for (let station = 1; station <= 6; station++) {
      await page.page.locator('.told p:not(.quiet)').first().waitFor()
      expect(await page.page.locator('.tour header p').textContent()).toBe(`Station ${station} of 6`)
      titles.add((await page.page.locator('.tour h2').textContent())!)
      expect(await page.page.locator('.told').textContent()).toMatch(/\d/)
      await page.page.getByText('The numbers of this station').click()
      const numbers = await page.page.locator('.tour td').allTextContents()
      expect(numbers.length).toBeGreaterThan(3)
      expect(numbers.filter((cell) => /NaN|undefined|Infinity/.test(cell))).toEqual([])
      if (station < 6) await page.button('Next →').click()
    }
    expect(titles.size).toBe(6)
    await page.button('End the tour').click()
    expect(await page.page.locator('.tour').count()).toBe(0)
    await closing(page)
  })

  it('is as it was when a link to it is opened', async () => {
    const page = await opened.open()
    await page.asking(() =>
      page.draw([
        [0.1, 0.1],
        [0.2, 0.3],
      ]),
    )
    await page.asking(() => page.button('Deep').click())
    await page.page.getByLabel('Relevance has flowed back to step').fill('5')
    await page.button('Copy a link').click()
    const hash = new URL(page.page.url()).hash
    const other = await opened.open({ hash })
    // Saving is a use, after which the exact parameters follow the rounded ones, network by network.
    const isSame = async () => isDeepStrictEqual(await other.csv(), await page.csv())
    await expect.poll(isSame, { timeout: 60_000, interval: 1000 }).toBe(true)
    expect(await other.page.locator('.scrubber output').textContent()).toBe('Step 5 of 12')
    await closing(page)
    await closing(other)
  })

  it('opens as if there were no link where a link is broken', async () => {
    const page = await opened.open({ hash: '#1.bm90aGluZw' })
    expect(await page.page.locator('.grid-row h3').allTextContents()).toEqual(['R-LSTM', 'Shallow'])
    await closing(page)
  })

  it('saves what is seen as SVG and PNG', async () => {
    const page = await opened.open()
    const svg = (await page.save('SVG')).toString('utf8')
    expect(svg).toMatch(/^<svg [^>]*xmlns=/)
    expect(svg.match(/<image /g)).toHaveLength(6)
    expect(svg).toContain('Deep Taylor decomposition')
    const png = await page.save('PNG')
    expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    expect(png.readUInt32BE(16)).toBeGreaterThan(2000)
    await closing(page)
  })

  it('reads a picture that is opened, dark on light or light on dark', async () => {
    const page = await opened.open()
    for (const [paper, ink] of [
      ['#fff', '#000'],
      ['#111', '#eee'],
    ]) {
      await page.asking(() => page.button('Clear all').click())
      const picture = await page.page.evaluate(
        ([paper, ink]) => {
          const canvas = document.createElement('canvas')
          canvas.width = canvas.height = 90
          const context = canvas.getContext('2d')!
          context.fillStyle = paper!
          context.fillRect(0, 0, 90, 90)
          context.fillStyle = ink!
          context.fillRect(40, 15, 12, 60)
          return canvas.toDataURL().split(',')[1]!
        },
        [paper, ink],
      )
      const buffer = Buffer.from(picture, 'base64')
      await page.asking(() =>
        page.page
          .locator('input[type=file]')
          .setInputFiles({ name: 'one.png', mimeType: 'image/png', buffer }),
      )
      expect(await page.page.getByLabel('What image 1 is').locator('option').first().textContent()).toMatch(
        /\(read\)/,
      )
    }
    await page.page
      .locator('input[type=file]')
      .setInputFiles({ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
    expect(await page.page.getByRole('alert').textContent()).toContain('no picture')
    await closing(page)
  })

  it('goes on without a network connection, and fetches what is missing once there is one', async () => {
    const page = await opened.open()
    const context = page.page.context()
    await context.setOffline(true)
    await page.asking(() =>
      page.draw([
        [0.1, 0.2],
        [0.2, 0.6],
      ]),
    )
    await page.button('Deep').click()
    await page.page.getByText('could not be loaded').first().waitFor()
    await context.setOffline(false)
    await page.page.locator('.missing').getByRole('button', { name: 'Try again' }).first().click()
    await page.explained()
    expect(await page.page.locator('.grid-row h3').allTextContents()).toContain('Deep')
    await closing(page)
  })

  it('starts the computation anew when it crashes, and keeps the drawing', async () => {
    const page = await opened.open()
    const rowsAndLink = async () => {
      await page.button('Copy a link').click()
      return [(await page.csv()).length, new URL(page.page.url()).hash]
    }
    const before = await rowsAndLink()
    const crash = () =>
      page.page.workers()[0]!.evaluate(() => {
        setTimeout(() => {
          throw new Error('a crash')
        })
      })
    const started = page.page.waitForEvent('worker')
    await page.asking(async () => {
      await crash()
      await started
    })
    expect(await rowsAndLink()).toEqual(before)
    await page.page.context().close()
  })

  it('says so when the computation cannot be kept alive, and tries again when it is asked to', async () => {
    const page = await opened.open()
    await page.page.route('**/*.gz', (route) => route.abort())
    await page.page.workers()[0]!.evaluate(() => {
      setTimeout(() => {
        throw new Error('a crash')
      })
    })
    const alert = page.page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.textContent()).toContain('stopped several times')
    await page.page.unroute('**/*.gz')
    await page.asking(() => alert.getByRole('button', { name: 'Try again' }).click())
    expect(await page.page.getByRole('alert').count()).toBe(0)
    await page.page.context().close()
  })
})

suite(`the explorer in a browser without WebGL${WHERE}`, () => {
  it('explains all the same', async () => {
    const opened = await openExplorer(['--disable-3d-apis', '--disable-gpu'])
    try {
      const page = await opened.open()
      const webgl = await page.page.evaluate(() => document.createElement('canvas').getContext('webgl2'))
      expect(webgl).toBeNull()
      expect(valuesOf(await page.csv(), { network: 'r-lstm', quantity: 'cosine' })).toHaveLength(3)
    } finally {
      await opened.close()
    }
  }, 300_000)
})
