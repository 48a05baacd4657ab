import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { JUPYTER_FOLDER } from '../kernelspec.js'

const NAME = 'thesis-figure-sizes'

/**
 * A figure's picture, until the mouse reaches it and the interactive figure takes its place, has two pixels per CSS pixel,
 * and JupyterLab's plotly renderer ignores the width that the output names.
 */
const css = '.jp-RenderedPlotly > .plot-img { zoom: 0.5; }'

const description = {
  name: NAME,
  version: '1.0.0',
  description: "Shows the pictures of the thesis's figures in their size",
  jupyterlab: { extension: true, _build: { load: 'static/entry.js', extension: './extension' } },
}

/** What a bundler makes of an extension, without one: a module-federation container with a single module. */
const entry = `(window._JUPYTERLAB ??= {})['${NAME}'] = {
  init() {},
  get: async () => () => ({
    __esModule: true,
    default: {
      id: '${NAME}:plugin',
      autoStart: true,
      activate() {
        document.head.append(Object.assign(document.createElement('style'), { textContent: '${css}' }))
      },
    },
  }),
}
`

/**
 * Writes a JupyterLab extension that shows figures in their size, and returns its folder; it is beside the kernel, where
 * every JupyterLab looks that finds the kernel through JUPYTER_PATH.
 */
export function writeFigureSizes(jupyterFolder: string = JUPYTER_FOLDER): string {
  const folder = join(jupyterFolder, 'labextensions', NAME)
  const files = {
    'static/entry.js': entry,
    'package.json': `${JSON.stringify(description, null, 2)}\n`, // last, since JupyterLab goes by it
  }
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name)
    if (contentOf(file) === content) continue
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  return folder
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
