import type { ChildProcess } from 'node:child_process'
import { mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Browser, chromium } from 'playwright-core'
import { freshProject } from '../../src/commands/fresh-project.js'
import { projectRoot } from '../../src/files/project-root.js'
import { writeKernelSpec } from '../../src/setup/kernelspec.js'
import { findBrowser } from '../../src/setup/lab/browser.js'
import { buildExtension } from '../../src/setup/lab/extension.js'
import { stateFolders } from '../../src/setup/lab/folders.js'
import { publishedAddress, startServer } from '../../src/setup/lab/server.js'
import { writeSettings } from '../../src/setup/lab/settings.js'
import { LabPage } from './lab-page.js'
import { copyProject } from './project-copy.js'

export interface LabOptions {
  /** Whether the notebooks have the tiny parameters of their metadata; true by default. */
  readonly isTiny?: boolean
  /** Whether JupyterLab has none of the project's settings, as one that a reader has already; false by default. */
  readonly isPlain?: boolean
  /** Of the window, in CSS pixels. */
  readonly width?: number
  readonly height?: number
  /** Pixels of a picture per CSS pixel; 1 by default. */
  readonly scale?: number
}

/** A JupyterLab on a copy of the project, and a browser that shows it. */
export interface Lab {
  /** The copy of the project. */
  readonly folder: string
  /** Opens a notebook in a page of its own, once its kernel has started. */
  open(notebook: string): Promise<LabPage>
  /** Restarts a kernel as another page would. */
  restartKernel(id: string): Promise<void>
  close(): Promise<void>
}

const secondsToStart = 60

/** Starts both; `name` tells the labs of different test files apart. */
export async function startLab(
  name: string,
  { isTiny = true, isPlain = false, width = 1400, height = 1000, scale = 1 }: LabOptions = {},
): Promise<Lab> {
  const project = projectRoot()
  const root = join(project, '.cache', 'lab-test', name)
  const folder = join(root, 'project')
  const screenshots = join(project, 'results', 'lab')
  const state = stateFolders(join(root, 'state'))
  await (isTiny ? copyProject : freshProject)(project, folder)
  mkdirSync(screenshots, { recursive: true })
  writeKernelSpec()
  await buildExtension()
  const isRoot = process.getuid?.() === 0
  if (isPlain) mkdirSync(state.config, { recursive: true })
  else {
    await writeSettings(state, {
      root: folder,
      openAt: 'notebooks/01-dataset.ipynb',
      hasDisplay: false,
      isRoot,
    })
  }
  const plain = [`--ServerApp.root_dir=${folder}`, '--no-browser', ...(isRoot ? ['--allow-root'] : [])]
  const words = [
    ...(isPlain ? plain : []),
    '--port=18888',
    '--LabApp.expose_app_in_browser=True',
    '--ServerApp.log_level=ERROR',
    '--LabApp.log_level=ERROR',
  ]
  const server = startServer({
    project,
    state,
    words,
    stdio: ['ignore', 'ignore', openSync(join(state.runtime, '..', 'jupyterlab.log'), 'w')],
  })
  let browser: Browser | undefined
  const close = async () => {
    await browser?.close()
    await end(server)
  }
  try {
    const { url, token } = await addressOf(server, state.runtime)
    browser = await startBrowser(join(root, 'home'))
    const context = await browser.newContext({
      viewport: { width, height },
      deviceScaleFactor: scale,
      acceptDownloads: true,
    })
    const open = async (notebook: string) => {
      const page = await context.newPage()
      const lab = new LabPage(page, screenshots)
      await lab.goTo(`${url}lab/tree/notebooks/${encodeURIComponent(notebook)}?reset&token=${token}`)
      return lab
    }
    const restartKernel = async (id: string) => {
      const headers = { Authorization: `token ${token}` }
      const { ok, status } = await fetch(`${url}api/kernels/${id}/restart`, { method: 'POST', headers })
      if (!ok) throw new Error(`JupyterLab answers ${status} to a restart of the kernel`)
    }
    return { folder, open, restartKernel, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function addressOf(server: ChildProcess, runtime: string) {
  for (const until = Date.now() + secondsToStart * 1000; Date.now() < until; await delay(100)) {
    if (server.exitCode !== null)
      throw new Error(
        `JupyterLab ended with exit code ${server.exitCode}: see jupyterlab.log beside ${runtime}`,
      )
    const address = await publishedAddress(runtime, server.pid!)
    if (address) return address
  }
  throw new Error(`JupyterLab published no address within ${secondsToStart} s`)
}

/** @param home where the browser and the libraries that it brings keep their settings and caches, instead of the user's home */
async function startBrowser(home: string): Promise<Browser> {
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('there is no Chromium here')
  // Without these, Chromium looks for its maker's servers.
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ]
  return chromium.launch({
    executablePath,
    env: {
      ...process.env,
      HOME: home,
      XDG_CONFIG_HOME: join(home, 'config'),
      XDG_CACHE_HOME: join(home, 'cache'),
      XDG_DATA_HOME: join(home, 'data'),
    },
    chromiumSandbox: process.getuid?.() !== 0, // which refuses root
    args: [...quiet, '--disable-gpu', '--disable-quic'],
  })
}

/** Asks JupyterLab to end, which ends its kernels first. */
async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  const timer = setTimeout(() => server.kill('SIGKILL'), 15_000)
  await ended
  clearTimeout(timer)
}
