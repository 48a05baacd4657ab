import type { Browser, Page } from 'playwright-core'
import { findBrowser } from '../../setup/lab/browser.js'
import { explorerFiles } from '../build/explorer-files.js'
import type { Files } from '../build/files.js'
import { type Served, serve } from '../build/serve.js'
import type { Manifest } from '../shared/manifest.js'

/** What was measured, beside its limit. */
export interface Measured {
  readonly what: string
  readonly measured: number
  readonly limit: number
  readonly unit: 'kB' | 'ms'
  readonly holds: boolean
}

/** Most that is fetched before the first interaction, in kB, and longest waits in milliseconds. */
const LIMITS = { bytes: 1500, firstView: 2000, dense: 100, convolutional: 300, longTask: 50 }

/** Changes of the drawing, of which the median counts. */
const CHANGES = 9

/**
 * Measures the explorer in a headless Chromium: what is fetched and how long it takes until the first heatmaps are seen, how long a
 * change of the drawing takes to new heatmaps of each network by the three methods that are shown first, and the longest task that
 * keeps the page from following the pen, in processor time, since other programs may run meanwhile.
 *
 * @throws Error where there is no Chromium
 */
export async function measureExplorer(): Promise<Measured[]> {
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('there is no Chromium to measure in; CHROME names one')
  const { chromium } = await import('playwright-core')
  const files = await explorerFiles()
  const served = await serve(files)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    return await measureIn(browser, files, served)
  } finally {
    await browser.close()
    await served.close()
  }
}

async function measureIn(browser: Browser, files: Files, { address }: Served): Promise<Measured[]> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  const seen: string[] = []
  page.on('request', (request) => seen.push(request.url()))
  const firstView = await untilFirstView(page, address)
  const bytes = [...new Set(seen)].reduce((sum, url) => sum + sizeOf(files, address, url), 0)
  const manifest: Manifest = JSON.parse((await page.textContent('#manifest'))!)
  const rows = [
    row('fetched before the first interaction', bytes / 1000, LIMITS.bytes, 'kB'),
    row('from opening to the first heatmaps', firstView, LIMITS.firstView, 'ms'),
  ]
  const longest = await longestTask(browser, page)
  for (const { id, title } of manifest.networks) {
    await showOnly(page, manifest, title)
    const limit = id.startsWith('conv') ? LIMITS.convolutional : LIMITS.dense
    const times: number[] = []
    for (let k = 0; k < CHANGES; k++) times.push(await timeOfChange(page, k))
    rows.push(row(`from a change of the drawing to heatmaps of ${title}`, median(times), limit, 'ms'))
  }
  rows.push(row('longest task of the page while drawing, processor time', longest, LIMITS.longTask, 'ms'))
  return rows
}

const row = (what: string, measured: number, limit: number, unit: Measured['unit']): Measured => ({
  what,
  measured: Math.round(measured),
  limit,
  unit,
  holds: measured <= limit,
})

function sizeOf(files: Files, address: string, url: string): number {
  return files.get(url.slice(address.length).split('#')[0] || 'index.html')?.length ?? 0
}

/** Milliseconds from opening the page until every heatmap that is shown first is there. */
async function untilFirstView(page: Page, address: string): Promise<number> {
  await page.goto(address)
  await page.waitForFunction(() => {
    const cells = document.querySelectorAll('.cell')
    return cells.length > 0 && [...cells].every((cell) => cell.querySelector('canvas') !== null)
  })
  return page.evaluate(() => performance.now())
}

/** Chooses one network alone, by its button. */
async function showOnly(page: Page, { networks }: Manifest, title: string): Promise<void> {
  const button = (name: string) => page.getByRole('button', { name, exact: true, pressed: true })
  const wanted = page.getByRole('button', { name: title, exact: true }).first()
  if ((await wanted.getAttribute('aria-pressed')) === 'false') await wanted.click()
  for (const other of networks)
    if (other.title !== title && (await button(other.title).count()) > 0) await button(other.title).click()
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll('.cell')].every((cell) => cell.querySelector('canvas') !== null) &&
      document.querySelectorAll('.grid-row').length === 1,
  )
  await settled(page)
}

/** Waits until no explanation is on its way. */
async function settled(page: Page): Promise<void> {
  let before = -1
  for (let count = await answers(page); count !== before; count = await answers(page)) {
    before = count
    await page.waitForTimeout(400)
  }
}

const answers = (page: Page): Promise<number> =>
  page.evaluate(() => performance.getEntriesByName('explained').length)

/** Milliseconds from a dot that is drawn to the heatmaps that it leads to, as the page's own timeline has it. */
async function timeOfChange(page: Page, k: number): Promise<number> {
  await settled(page)
  const before = await answers(page)
  const box = (await page.locator('.board').boundingBox())!
  await page.mouse.click(box.x + (0.1 + 0.08 * k) * box.width, box.y + 0.15 * box.height)
  await page.waitForFunction((count) => performance.getEntriesByName('explained').length > count, before)
  return page.evaluate((at) => performance.getEntriesByName('explained')[at]!.duration, before)
}

/** What of the browser's trace is read: tasks, in microseconds of the clock and of the processor. */
interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** Draws a long line, and returns the longest task of the page's own thread meanwhile, in milliseconds of processor time. */
async function longestTask(browser: Browser, page: Page): Promise<number> {
  await settled(page)
  const box = (await page.locator('.board').boundingBox())!
  const at = (share: number): [number, number] => [
    box.x + share * box.width,
    box.y + (0.5 + 0.3 * Math.sin(20 * share)) * box.height,
  ]
  await browser.startTracing(page, { categories: ['toplevel'] })
  await page.mouse.move(...at(0.05))
  await page.mouse.down()
  for (let k = 0; k < 90; k++) await page.mouse.move(...at(0.05 + k / 100))
  await page.mouse.up()
  await settled(page)
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(String(await browser.stopTracing()))
  const main = traceEvents.filter(({ args }) => args?.name === 'CrRendererMain')
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) =>
      ph === 'X' &&
      name.endsWith('RunTask') &&
      main.some((thread) => thread.pid === pid && thread.tid === tid),
  )
  return Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1000))
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
