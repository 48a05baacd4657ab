import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Locator } from 'playwright-core'
import { commandLine, run as runCommand } from '../../src/commands/command-line.js'
import { machineReadable, printResult } from '../../src/commands/machine-output.js'
import { prepareDatasets } from '../../src/commands/prepare.js'
import { projectRoot } from '../../src/files/project-root.js'
import { progressDisplay } from '../../src/notebook/progress.js'
import type { Taken } from './figure-screenshots.js'
import type { Lab } from './lab.js'
import type { LabPage } from './lab-page.js'

const command = machineReadable(
  commandLine(
    'npm run screenshots --',
    "Takes README's pictures of JupyterLab anew, notebooks/images/lab-*.png, from the notebooks with their own parameters: a " +
      'training that is running, the inspector, and the links of an exported figure; and pictures of all kinds of figures in both ' +
      'themes, 700, 1100 and 1700 pixels wide, in results/lab/figures. Needs what npm run test:lab needs.',
  )
    .option('--readme', "only README's pictures")
    .option('--figures', 'only those of all kinds of figures'),
  'an array of {file, width, height, bytes}',
  'the same as a table',
)

/** What was taken. */
const taken: Taken[] = []

const MOST_BYTES = 300_000
/** Pixels per CSS pixel, the finest first; the first whose picture is small enough is kept. */
const scales = [2, 1.5, 1.25, 1]
const viewport = { width: 1500, height: 2400 }
const images = join(projectRoot(), 'notebooks', 'images')

await runCommand(command, takeAll)

async function takeAll(): Promise<number> {
  const { readme, figures } = command.opts<{ readme?: true; figures?: true }>()
  if (!figures || readme) await takeForReadme()
  if (!readme || figures) {
    const { takeFigures } = await import('./figure-screenshots.js')
    const progress = progressDisplay({ label: 'Figures', total: 1, unit: 'of all pictures' })
    taken.push(...(await takeFigures((share) => progress.update(share))))
    progress.finish()
    console.log(`${taken.length} pictures, those of figures in results/lab/figures`)
  }
  await printResult(command, { json: () => taken })
  return 0
}

async function takeForReadme(): Promise<void> {
  const { startLab } = await import('./lab.js')
  await prepareDatasets()
  const progress = progressDisplay({ label: 'Screenshots', total: 3, unit: 'pictures' })
  const lab = await startLab('screenshots', { isTiny: false, ...viewport, scale: scales[0]! })
  try {
    for (const [i, take] of [training, inspector, exportLinks].entries()) {
      await take(lab)
      progress.update(i + 1)
    }
  } finally {
    await lab.close()
  }
  progress.finish()
}

/** A training after three quarters of its epochs. */
async function training(lab: Lab): Promise<void> {
  const page = await openAfter(lab, '03-training.ipynb', ['imports', 'parameters', 'values'])
  await page.start('train')
  await page.page.waitForFunction(() => Number(document.querySelector('progress')?.value) > 0.45, null, {
    timeout: 280_000,
  })
  await take('lab-training', await shown(page, 'train'))
  await page.interrupt()
  await page.waitUntilRun()
  await page.close()
}

async function inspector(lab: Lab): Promise<void> {
  const page = await openAfter(lab, '07-heatmaps.ipynb', ['imports', 'parameters', 'values', 'inspector'])
  const cell = await shown(page, 'inspector')
  await cell.locator('.widget-dropdown').first().waitFor()
  await page.untilDrawn('inspector')
  await take('lab-inspector', cell.locator('.jp-Cell-outputWrapper'))
  await page.close()
}

async function exportLinks(lab: Lab): Promise<void> {
  const page = await openAfter(lab, '01-dataset.ipynb', ['imports', 'parameters', 'sequences'])
  const id = await page.append(
    `import { exportFigure } from '../src/notebook/index.js'\nawait exportFigure(examplesFigure, 'sequences', { preset: 'single-column' })`,
  )
  await run(page, id)
  await take('lab-export', await shown(page, id))
  await page.close()
}

/** Opens a notebook beside nothing else, and runs some of its cells. */
async function openAfter(lab: Lab, name: string, ids: readonly string[]): Promise<LabPage> {
  const page = await lab.open(name)
  await page.page.evaluate(() => window.jupyterapp?.commands.execute('application:toggle-left-area'))
  for (const id of ids) await run(page, id)
  return page
}

async function run(page: LabPage, id: string): Promise<void> {
  const { errorsOf } = await import('./lab-page.js')
  const errors = errorsOf(await page.run(id))
  if (errors.length > 0) throw new Error(errors.join('\n'))
}

/** A cell in sight that is not the active one, whose buttons would lie over its code. */
async function shown(page: LabPage, id: string): Promise<Locator> {
  const cell = await page.select(id)
  await page.page.mouse.move(0, 0)
  await page.page.keyboard.press('Escape')
  await page.page.evaluate(() => {
    const content = window.jupyterapp?.shell.currentWidget?.content
    if (content) content.activeCellIndex = 0
  })
  await cell.scrollIntoViewIfNeeded()
  await page.page.waitForTimeout(1000) // pictures that came into view are drawn now
  return cell
}

/** Writes the picture of a part of the page, as fine as its size allows. */
async function take(name: string, part: Locator): Promise<void> {
  const { createCanvas, loadImage } = await import('@napi-rs/canvas')
  const { compactPng } = await import('../../src/figures/export/compact-png.js')
  const full = await loadImage(await part.screenshot())
  for (const scale of scales) {
    const share = scale / scales[0]!
    const canvas = createCanvas(Math.round(full.width * share), Math.round(full.height * share))
    const context = canvas.getContext('2d')
    context.imageSmoothingQuality = 'high'
    context.drawImage(full, 0, 0, canvas.width, canvas.height)
    const png = compactPng(await canvas.encode('png'))
    if (png.length >= MOST_BYTES && scale !== scales.at(-1)) continue
    const file = join(images, `${name}.png`)
    writeFileSync(file, png)
    const size = `${canvas.width} × ${canvas.height} pixels, ${(png.length / 1000).toFixed(0)} kB`
    taken.push({
      file: relative(projectRoot(), file),
      width: canvas.width,
      height: canvas.height,
      bytes: png.length,
    })
    console.log(`${relative(projectRoot(), file)}  ${size}`)
    return
  }
}
