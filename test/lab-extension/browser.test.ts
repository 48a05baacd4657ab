import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/files/project-root.js'
import { fontFiles } from '../../src/lab/font-files.js'
import { FIGURE, PLOTLY } from '../../src/lab/live-figure-data.js'
import { liveFigure } from '../../src/notebook/live-figure.js'
import { findBrowser } from '../../src/setup/lab/browser.js'
import { exampleFigures } from '../figures/example-figures.js'
import { faultsOf } from '../lab/figure-faults.js'
import { seenFigure } from '../lab/seen-figure.js'

const kinds = ['score', 'trainings', 'heatmapsWithSigns', 'networks', 'dataset'] as const
const site = 'http://figures.test/'

/** As much of JupyterLab's page as a figure looks at. */
const html = `<!doctype html><body data-jp-theme-light="true"><style>
body { --jp-content-font-size1: 14px; --jp-layout-color0: #ffffff; margin: 0; background: var(--jp-layout-color0); }
body[data-jp-theme-light="false"] { --jp-layout-color0: #111111; }
p { font-size: 14px; }
</style><div class="jp-RenderedMarkdown"><p>Prose</p></div>
${kinds.map((kind) => `<div class="jp-OutputArea-child"><div class="thesis-figure" id="${kind}"></div></div>`).join('\n')}
<script src="entry.js"></script>`

const entry = `
import { FigureView } from './src/lab/figure-view.js'
import { unpack } from './src/lab/live-figure-data.js'
import { addStyle } from './src/lab/style.js'
addStyle()
globalThis.showFigure = async (id, data) => new FigureView(document.getElementById(id), () => null).show(await unpack(data))
`

const require = createRequire(import.meta.url)
const browserFile = findBrowser()
let browser: Browser
let page: Page

async function bundled(options: object): Promise<Buffer> {
  const { outputFiles } = await build({
    ...options,
    bundle: true,
    write: false,
    target: 'es2022',
    logLevel: 'silent',
  })
  return Buffer.from(outputFiles![0]!.contents)
}

describe.skipIf(browserFile === null)('in a browser, a live figure', () => {
  beforeAll(async () => {
    const scripts: Record<string, Buffer> = {
      'entry.js': await bundled({ stdin: { contents: entry, resolveDir: projectRoot() }, format: 'iife' }),
      'plotly.js': await bundled({ entryPoints: [require.resolve('plotly.js-dist')], format: 'esm' }),
    }
    browser = await chromium.launch({
      executablePath: browserFile!,
      chromiumSandbox: process.getuid?.() !== 0,
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-gpu',
        '--no-first-run',
      ],
    })
    page = await browser.newPage({ viewport: { width: 900, height: 4000 } })
    await page.route('**/*', (route) => {
      const name = route.request().url().slice(site.length)
      const font = fontFiles.find((file) => file.name === name)
      if (name === '') return route.fulfill({ contentType: 'text/html', body: html })
      if (font) return route.fulfill({ body: readFileSync(join(projectRoot(), 'node_modules', font.source)) })
      const body = scripts[name]
      return body ? route.fulfill({ contentType: 'text/javascript', body }) : route.abort()
    })
    await page.goto(site)
    for (const kind of kinds) {
      const { json, live } = liveFigure(exampleFigures[kind]!(), 178)
      const data = JSON.parse(JSON.stringify({ [FIGURE]: live, [PLOTLY]: json, 'text/plain': kind }))
      await page.evaluate(
        ([id, figure]) =>
          (globalThis as unknown as { showFigure(id: string, data: object): void }).showFigure(id, figure),
        [kind, data] as const,
      )
    }
  }, 240_000)
  afterAll(() => browser?.close())

  const places = (['Light', 'Dark'] as const).flatMap((theme) =>
    [520, 900, 1500].map((width) => [theme, width] as const),
  )
  it.each(places)(
    'fills its cell in the theme %s at %i pixels: text of the prose’s size in the project’s font, nothing covered or cut off',
    async (theme, width) => {
      await page.setViewportSize({ width, height: 4000 })
      await page.evaluate(
        (isLight) => document.body.setAttribute('data-jp-theme-light', String(isLight)),
        theme === 'Light',
      )
      for (const kind of kinds) {
        const drawing = page.locator(`#${kind} .thesis-figure-drawing[data-figure]`)
        await expect
          .poll(
            async () =>
              (await drawing.count()) === 1 ? faultsOf(await seenFigure(drawing), theme) : ['is not drawn'],
            {
              timeout: 60_000,
            },
          )
          .toEqual([])
      }
      expect(await page.evaluate(() => document.fonts.check('12px "CMU Serif"'))).toBe(true)
    },
    240_000,
  )

  it('hatches what is negative', async () => {
    const hatched = page.locator('#heatmapsWithSigns .hm image[data-hatched]')
    await expect.poll(() => hatched.count(), { timeout: 60_000 }).toBeGreaterThan(0)
  }, 120_000)
})
