import { mkdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { projectRoot } from '../../src/files/project-root.js'
import { exampleFigures } from '../figures/example-figures.js'
import { writeFiguresNotebook } from './figures-notebook.js'
import { startLab } from './lab.js'

/** A picture that was taken. */
export interface Taken {
  readonly file: string
  readonly width: number
  readonly height: number
  readonly bytes: number
}

/** Of the window, in CSS pixels; as high as the highest figure. */
const WIDTHS = [700, 1100, 1700]
const HEIGHT = 3000

/**
 * Takes a picture of each kind of figure, as JupyterLab shows it in a saved notebook, in both themes at three widths, into
 * `results/lab/figures`; `told` hears the share that is done.
 */
export async function takeFigures(told: (share: number) => void): Promise<Taken[]> {
  const folder = join(projectRoot(), 'results', 'lab', 'figures')
  mkdirSync(folder, { recursive: true })
  const lab = await startLab('figure-screenshots', { width: WIDTHS[0]!, height: HEIGHT })
  const taken: Taken[] = []
  try {
    const page = await lab.open(writeFiguresNotebook(lab.folder, exampleFigures))
    await page.hideFiles()
    const names = Object.keys(exampleFigures)
    for (const theme of ['Light', 'Dark'] as const) {
      await page.chooseTheme(theme)
      for (const width of WIDTHS) {
        await page.page.setViewportSize({ width, height: HEIGHT })
        for (const name of names) {
          const figure = await page.untilDrawn(name)
          const file = join(folder, `${name}-${theme.toLowerCase()}-${width}.png`)
          await figure.screenshot({ path: file })
          const box = (await figure.boundingBox())!
          taken.push({
            file: relative(projectRoot(), file),
            width: Math.round(box.width),
            height: Math.round(box.height),
            bytes: statSync(file).size,
          })
          told(taken.length / (2 * WIDTHS.length * names.length))
        }
      }
    }
  } finally {
    await lab.close()
  }
  return taken
}
