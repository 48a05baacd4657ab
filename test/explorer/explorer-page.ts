import { readFileSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { explorerFiles } from '../../src/explorer/build/explorer-files.js'
import { type Served, serve } from '../../src/explorer/build/serve.js'
import { findBrowser } from '../../src/setup/lab/browser.js'

/** The Chromium of this machine; null where there is none, and the tests are left out. */
export const executablePath = findBrowser()

/** A path below which the explorer is served, as on a site that has other pages too. */
export const PATH = '/some/where/'

/** A served explorer and a browser that opens it. */
export interface Opened {
  readonly served: Served
  readonly browser: Browser
  /** Opens the explorer in a context of its own and waits for its heatmaps. */
  open(options?: OpenOptions): Promise<ExplorerPage>
  close(): Promise<void>
}

export interface OpenOptions extends BrowserContextOptions {
  /** Behind the #, as a link has it. */
  readonly hash?: string
}

/** A row of the table that the page saves. */
export type CsvRow = Readonly<Record<'network' | 'method' | 'class' | 'quantity' | 'place' | 'value', string>>

export async function openExplorer(args: readonly string[] = []): Promise<Opened> {
  const served = await serve(await explorerFiles(), { path: PATH })
  const browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox', ...args] })
  return {
    served,
    browser,
    async open({ hash = '', ...options } = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
      const page = new ExplorerPage(await context.newPage())
      await page.page.goto(`${served.address}${hash}`)
      await page.explained()
      return page
    },
    async close() {
      await browser.close()
      await served.close()
    },
  }
}

/** The explorer in a browser, used as people use it. */
export class ExplorerPage {
  /** Every address that was asked for. */
  readonly requests: string[] = []
  /** What went wrong in the page. */
  readonly errors: string[] = []

  constructor(readonly page: Page) {
    page.on('request', (request) => this.requests.push(request.url()))
    page.on('pageerror', (error) => this.errors.push(error.message))
  }

  /** Waits until all that is asked is answered, and shown. */
  async explained(): Promise<void> {
    await this.page.waitForFunction(() => {
      const cells = [...document.querySelectorAll('.cell')]
      return cells.length > 0 && cells.every((cell) => cell.querySelector('canvas') !== null)
    })
    for (let before = -1, count = await this.answers(); count !== before; count = await this.answers()) {
      before = count
      await this.page.waitForTimeout(700)
    }
  }

  /** Does something that changes the question, and waits for the answer. */
  async asking(change: () => Promise<unknown>): Promise<void> {
    const before = await this.answers()
    await change()
    await this.page.waitForFunction(
      (count) => performance.getEntriesByName('explained').length > count,
      before,
    )
    await this.explained()
  }

  button(name: string, pressed?: boolean) {
    return this.page.getByRole('button', { name, exact: true, ...(pressed === undefined ? {} : { pressed }) })
  }

  /** Draws a line with the mouse, from and to shares of the board's width and height. */
  async draw(points: readonly (readonly [x: number, y: number])[]): Promise<void> {
    const box = (await this.page.locator('.board').boundingBox())!
    const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const
    await this.page.mouse.move(...at(points[0]!))
    await this.page.mouse.down()
    for (const point of points.slice(1)) await this.page.mouse.move(...at(point), { steps: 6 })
    await this.page.mouse.up()
  }

  /** What the page saves, by its button. */
  async save(form: 'SVG' | 'PNG' | 'CSV'): Promise<Buffer> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.button(form).click()])
    return readFileSync(await download.path())
  }

  async csv(): Promise<CsvRow[]> {
    const [head, ...lines] = (await this.save('CSV')).toString('utf8').trim().split('\n')
    const columns = head!.split(',')
    return lines.map(
      (line) => Object.fromEntries(line.split(',').map((cell, i) => [columns[i]!, cell])) as CsvRow,
    )
  }

  private answers(): Promise<number> {
    return this.page.evaluate(() => performance.getEntriesByName('explained').length)
  }
}

/** The values of one quantity, in their order. */
export const valuesOf = (rows: readonly CsvRow[], where: Partial<CsvRow>): number[] =>
  rows
    .filter((row) => Object.entries(where).every(([key, value]) => row[key as keyof CsvRow] === value))
    .map(({ value }) => Number(value))
