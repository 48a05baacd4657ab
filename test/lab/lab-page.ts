import { join } from 'node:path'
import type { Download, Locator, Page } from 'playwright-core'
import { liveMimeType } from '../../src/notebook/live-figure.js'
import type { CellOutput, CellState } from './jupyter-app.js'

const millisecondsToStart = 120_000
const millisecondsToRun = 280_000
const millisecondsToDraw = 60_000
/** Pixels of the tallest picture: browsers draw none above 16,384. */
const tallest = 16_000

/** One notebook in JupyterLab, driven as a reader drives it; what it shows is read from JupyterLab's own model. */
export class LabPage {
  constructor(
    readonly page: Page,
    private readonly screenshots: string,
  ) {}

  /** Shows an address, and waits until the kernel of its notebook has started. */
  async goTo(address: string): Promise<void> {
    await this.visit(address)
    await this.waitForKernel()
  }

  /** Shows an address, whatever its kernel does. */
  async visit(address: string): Promise<void> {
    await this.page.goto(address)
    await this.page.waitForFunction(() => window.jupyterapp !== undefined, null, {
      timeout: millisecondsToStart,
    })
    await this.page.evaluate(() => window.jupyterapp?.restored)
  }

  /** Waits until the figure of a cell is drawn as its output says it is now. */
  async untilDrawn(id: string): Promise<Locator> {
    const figure = (await this.select(id)).locator('.thesis-figure-drawing').last()
    await this.page.mouse.move(0, 0)
    const isDrawn = async () => {
      const { outputs } = await this.cell(id)
      const live = outputs.findLast(({ data }) => data?.[liveMimeType])?.data?.[liveMimeType]
      return (live as { id?: string } | undefined)?.id === (await figure.getAttribute('data-figure'))
    }
    for (const until = Date.now() + millisecondsToDraw; !(await isDrawn()); ) {
      if (Date.now() > until) throw new Error(`the figure of ${id} is not drawn`)
      await this.page.waitForTimeout(100)
    }
    return figure
  }

  /** Shows JupyterLab in its light or dark theme. */
  async chooseTheme(theme: 'Light' | 'Dark'): Promise<void> {
    await this.page.evaluate(
      (name) => window.jupyterapp?.commands.execute('apputils:change-theme', { theme: `JupyterLab ${name}` }),
      theme,
    )
    await this.page.waitForFunction(
      (isLight) => document.body.dataset.jpThemeLight === String(isLight),
      theme === 'Light',
    )
  }

  /** Shows the notebook alone, without the list of files. */
  async hideFiles(): Promise<void> {
    await this.page.evaluate(() => window.jupyterapp?.commands.execute('application:toggle-left-area'))
  }

  async waitForKernel(): Promise<void> {
    await this.page.waitForFunction(
      () =>
        window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle' &&
        window.jupyterapp.shell.currentWidget.content.widgets.length > 0,
      null,
      { timeout: millisecondsToStart },
    )
  }

  /** The name of the kernel that the notebook runs on. */
  kernelName(): Promise<string | undefined> {
    return this.page.evaluate(
      () => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.name,
    )
  }

  /** Chooses an item of a menu. */
  async choose(menu: string, item: RegExp): Promise<void> {
    await this.page.locator('.lm-MenuBar-itemLabel', { hasText: new RegExp(`^${menu}$`) }).click()
    await this.page.locator('.lm-Menu-itemLabel', { hasText: item }).first().click()
  }

  async runAll(): Promise<void> {
    await this.choose('Run', /^Run All Cells$/)
    await this.waitUntilRun()
  }

  async restartAndRunAll(): Promise<void> {
    await this.choose('Kernel', /^Restart Kernel and Run All Cells/)
    await this.page.locator('.jp-Dialog button', { hasText: 'Restart' }).click()
    // Until the new kernel runs, the cells keep what they had.
    await this.page.waitForFunction(() =>
      window.jupyterapp?.shell.currentWidget?.content.widgets.some(
        ({ model }) => model.executionState === 'running',
      ),
    )
    await this.waitUntilRun()
  }

  interrupt(): Promise<void> {
    return this.choose('Kernel', /^Interrupt Kernel$/)
  }

  /** Waits until no cell is running or queued. */
  async waitUntilRun(): Promise<void> {
    await this.page.waitForFunction(
      () => {
        const panel = window.jupyterapp?.shell.currentWidget
        return (
          panel?.sessionContext?.session?.kernel?.status === 'idle' &&
          panel.content.widgets.every(({ model }) => model.executionState !== 'running')
        )
      },
      null,
      { timeout: millisecondsToRun },
    )
  }

  /**
   * For each figure that is shown the text that folds out right below it, opened
   * by keyboard; empty for a figure without one.
   */
  async textAlternatives(): Promise<string[]> {
    const figure = '.thesis-figure, .jp-RenderedImage'
    const texts: string[] = []
    for (const shown of await this.page.locator('.jp-Notebook:visible').locator(figure).all()) {
      const below = shown.locator(
        'xpath=ancestor::*[contains(@class, "jp-OutputArea-child")][1]/following-sibling::*[1]',
      )
      const summary = below.locator('summary', { hasText: 'Text alternative' })
      if ((await summary.count()) !== 1) texts.push('')
      else {
        await summary.focus()
        await summary.press('Enter')
        texts.push((await below.locator('details[open] > p').textContent()) ?? '')
      }
    }
    return texts
  }

  /** The code cells. */
  cells(): Promise<CellState[]> {
    return this.page.evaluate(() =>
      (window.jupyterapp?.shell.currentWidget?.content.widgets ?? [])
        .filter(({ model }) => model.type === 'code')
        .map(({ model }) => ({
          id: model.sharedModel.id,
          count: model.executionCount ?? null,
          isRunning: model.executionState === 'running',
          outputs: model.outputs?.toJSON() ?? [],
        })),
    )
  }

  async cell(id: string): Promise<CellState> {
    const cell = (await this.cells()).find((one) => one.id === id)
    if (!cell) throw new Error(`there is no code cell ${id}`)
    return cell
  }

  source(id: string): Promise<string> {
    return this.page.evaluate(
      (wanted) =>
        window.jupyterapp?.shell.currentWidget?.content.widgets
          .find(({ model }) => model.sharedModel.id === wanted)
          ?.model.sharedModel.getSource() ?? '',
      id,
    )
  }

  /** The cell as it is shown, scrolled to where it can be seen, after a click into its code. */
  async select(id: string): Promise<Locator> {
    const index = await this.page.evaluate((wanted) => {
      const content = window.jupyterapp?.shell.currentWidget?.content
      const found = content?.widgets.findIndex(({ model }) => model.sharedModel.id === wanted) ?? -1
      if (content && found >= 0) {
        content.activeCellIndex = found
        content.widgets[found]?.node.scrollIntoView({ block: 'start' })
      }
      return found
    }, id)
    if (index < 0) throw new Error(`there is no cell ${id}`)
    const cell = this.page.locator('.jp-Notebook:visible .jp-Cell').nth(index)
    await cell.locator('.cm-content').first().click()
    return cell
  }

  /** Types `source` in place of the cell's code. */
  async edit(id: string, source: string): Promise<void> {
    await this.select(id)
    await this.page.keyboard.press('Control+a')
    await this.page.keyboard.insertText(source)
  }

  /** Starts a cell with Shift+Enter, without waiting for its end. */
  async start(id: string): Promise<void> {
    await this.select(id)
    // A figure under the mouse becomes an interactive one.
    await this.page.mouse.move(0, 0)
    await this.page.keyboard.press('Shift+Enter')
  }

  /** Runs a cell and returns how it stands after that. */
  async run(id: string): Promise<CellState> {
    await this.start(id)
    await this.waitUntilRun()
    return this.cell(id)
  }

  /** Runs a cell and returns the milliseconds from the key to the end of the cell, as the page sees it. */
  async time(id: string): Promise<number> {
    await this.select(id)
    // A key may overtake what the page is asked to do, so that it is pressed once the page has begun to listen.
    const watch = await this.page.evaluateHandle((wanted) => {
      const model = window.jupyterapp?.shell.currentWidget?.content.widgets.find(
        (cell) => cell.model.sharedModel.id === wanted,
      )?.model
      const ended = new Promise<number>((resolve) => {
        const start = ({ key }: KeyboardEvent) => {
          if (key !== 'Enter') return
          window.removeEventListener('keydown', start, true)
          const began = performance.now()
          const count = model?.executionCount
          let hasStarted = false
          const look = () => {
            hasStarted ||= model?.executionState === 'running' || model?.executionCount !== count
            if (hasStarted && model?.executionState !== 'running') resolve(performance.now() - began)
            else setTimeout(look, 2)
          }
          setTimeout(look)
        }
        window.addEventListener('keydown', start, true)
      })
      return { ended }
    }, id)
    await this.page.keyboard.press('Shift+Enter')
    return watch.evaluate(({ ended }) => ended)
  }

  /** Adds a code cell at the end of the notebook and returns its id. */
  async append(source: string): Promise<string> {
    const id = await this.page.evaluate(async () => {
      const app = window.jupyterapp
      const content = app?.shell.currentWidget?.content
      if (!app || !content) return undefined
      content.activeCellIndex = content.widgets.length - 1
      await app.commands.execute('notebook:insert-cell-below')
      return content.widgets[content.activeCellIndex]?.model.sharedModel.id
    })
    if (id === undefined) throw new Error('no notebook is open')
    await this.edit(id, source)
    return id
  }

  /** Clicks a link that downloads. */
  async download(link: Locator): Promise<Download> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), link.click()])
    return download
  }

  async save(): Promise<void> {
    await this.page.evaluate(() => window.jupyterapp?.commands.execute('docmanager:save'))
  }

  /** Keeps a picture of the page, with a cell in its middle. */
  async screenshot(name: string, id?: string): Promise<void> {
    if (id !== undefined) {
      await this.page.evaluate(
        (wanted) =>
          window.jupyterapp?.shell.currentWidget?.content.widgets
            .find(({ model }) => model.sharedModel.id === wanted)
            ?.node.scrollIntoView({ block: 'center' }),
        id,
      )
      await this.page.waitForTimeout(300)
    }
    await this.page.screenshot({ path: join(this.screenshots, `${name}.png`) })
  }

  /** Keeps a picture of the notebook from top to bottom, as far as one picture can hold it. */
  async screenshotWhole(name: string): Promise<void> {
    const size = this.page.viewportSize()!
    // JupyterLab estimates the heights of cells out of sight, so that the notebook grows as more of it is shown.
    for (let shown = 0, height = size.height; height > shown && shown < tallest; ) {
      shown = Math.min(tallest, height)
      await this.page.setViewportSize({ width: size.width, height: shown })
      await this.page.waitForTimeout(1000) // figures that come into view are drawn now
      height = await this.page.evaluate(() => {
        const outer = document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer')
        outer?.scrollTo(0, 0)
        const last = outer?.querySelector('.jp-Cell:last-of-type')
        return outer && last
          ? Math.ceil(last.getBoundingClientRect().bottom - outer.getBoundingClientRect().top) + 150
          : 0
      })
    }
    await this.screenshot(name)
    await this.page.setViewportSize(size)
  }

  /** Closes the page and ends its kernel. */
  async close(): Promise<void> {
    if (this.page.isClosed()) return
    await this.page.evaluate(() => window.jupyterapp?.shell.currentWidget?.sessionContext?.shutdown())
    await this.page.close()
  }
}

/** What went wrong in a cell, in one line each. */
export const errorsOf = (cell: CellState): string[] =>
  cell.outputs
    .filter(({ output_type }) => output_type === 'error')
    .map(({ ename, evalue }) => `${cell.id}: ${ename}: ${evalue}`)

/** The text that an output's stream holds, or its text alternative. */
export function textOf({ text, data }: CellOutput): string {
  const found = text ?? data?.['text/plain'] ?? ''
  return Array.isArray(found) ? found.join('') : String(found)
}
