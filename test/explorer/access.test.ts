import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ExplorerPage, executablePath, type Opened, openExplorer } from './explorer-page.js'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WIDTHS = [360, 768, 1280, 2560]

/** What axe-core finds wrong, each with where. */
async function violations({ page }: ExplorerPage): Promise<string[]> {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  )
}

describe.skipIf(executablePath === null)('the explorer for everybody', () => {
  let opened: Opened
  beforeAll(async () => {
    opened = await openExplorer()
  }, 300_000)
  afterAll(() => opened?.close())

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has nothing that axe-core finds wrong, also on the tour, with garments and with all numbers open: ${colorScheme}`, async () => {
      const page = await opened.open({ colorScheme })
      expect(await violations(page)).toEqual([])
      await page.button('Take the tour').click()
      await page.page.locator('.told p:not(.quiet)').first().waitFor()
      for (const summary of await page.page.locator('summary').all()) await summary.click()
      expect(await violations(page)).toEqual([])
      await page.page.getByLabel('Images', { exact: true }).selectOption({ label: 'FashionMNIST-MAJ' })
      await page.explained()
      expect(await violations(page)).toEqual([])
      await page.page.context().close()
    })
  }

  it.each(WIDTHS)('fits into a window %i pixels wide', async (width) => {
    const page = await opened.open({ viewport: { width, height: 900 } })
    await page.button('Take the tour').click()
    await page.page.locator('.told p:not(.quiet)').first().waitFor()
    expect(await page.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    await page.page.context().close()
  })

  it('says in words what every picture shows', async () => {
    const page = await opened.open()
    const wordless = await page.page.evaluate(() =>
      [...document.querySelectorAll('canvas, svg')]
        .filter((picture) => picture.closest('[aria-hidden="true"]') === null)
        .filter((picture) => !/\w{3}.*\d|\d.*\w{3}/.test(picture.getAttribute('aria-label') ?? ''))
        .map((picture) => picture.outerHTML.slice(0, 80)),
    )
    expect(wordless).toEqual([])
    const heatmap = page.page.getByRole('img', { name: /^Heatmap of R-LSTM by Deep Taylor/ })
    expect(await heatmap.first().getAttribute('aria-label')).toMatch(
      /% on image 1, .*% on image 3\. .*uniform 0\.82/,
    )
    await page.page.context().close()
  })

  it('moves nothing by itself where less motion is wanted', async () => {
    const page = await opened.open({ reducedMotion: 'reduce' })
    const moving = await page.page.evaluate(
      () =>
        [...document.querySelectorAll('*')]
          .map((element) => getComputedStyle(element))
          .filter(
            ({ transitionDuration, animationName }) =>
              transitionDuration !== '0s' || animationName !== 'none',
          ).length,
    )
    expect(moving).toBe(0)
    await page.page.context().close()
  })
})
