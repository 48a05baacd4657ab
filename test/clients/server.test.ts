import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectRoot } from '../../src/files/project-root.js'
import { objectField, textField } from '../../src/runner/json.js'
import { KERNEL_NAME, writeKernelSpec } from '../../src/setup/kernelspec.js'
import { stateFolders } from '../../src/setup/lab/folders.js'
import { publishedAddress, type ServerAddress, startServer } from '../../src/setup/lab/server.js'
import { isLabSetUp } from '../../src/setup/lab/set-up.js'
import { writeSettings } from '../../src/setup/lab/settings.js'
import { type CellRun, KernelSocket, type Subprotocol } from './kernel-socket.js'

const project = projectRoot()
const isSetUp = await isLabSetUp(project)

/** What VS Code's notebooks and JupyterLab's do: REST for the life of a kernel, a web socket for its channels. */
describe.skipIf(!isSetUp)('A Jupyter server that npm run lab set up', () => {
  let server: ChildProcess
  let address: ServerAddress
  let folder = ''

  beforeAll(async () => {
    writeKernelSpec()
    folder = mkdtempSync(join(tmpdir(), 'server-'))
    const state = stateFolders(join(folder, 'state'))
    for (const path of Object.values(state)) mkdirSync(path, { recursive: true })
    const root = join(project, 'notebooks')
    const isRoot = process.getuid?.() === 0
    await writeSettings(state, { root, openAt: '', hasDisplay: false, isRoot })
    const words = ['--no-browser', '--ServerApp.port=0', '--ServerApp.ip=127.0.0.1']
    server = startServer({ project, state, words, stdio: 'ignore' })
    const ended = once(server, 'exit').then(([code]) => {
      throw new Error(`the server ended with exit code ${code}`)
    })
    ended.catch(() => {})
    const published = async () => {
      for (;;) {
        const found = await publishedAddress(state.runtime, server.pid!)
        if (found && (await isListening(found))) return found
        await delay(100)
      }
    }
    address = await Promise.race([published(), ended])
  })

  afterAll(async () => {
    if (server?.exitCode === null) {
      server.kill('SIGTERM')
      await once(server, 'exit')
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  const ask = (path: string, options: RequestInit = {}, at = address) =>
    fetch(new URL(`api/${path}`, at.url), {
      ...options,
      headers: { Authorization: `token ${at.token}` },
    })
  const isListening = async (at: ServerAddress) =>
    (await ask('status', {}, at).catch(() => null))?.ok ?? false

  const connect = (id: string, subprotocol: Subprotocol) => {
    const url = new URL(`api/kernels/${id}/channels?token=${address.token}`, address.url)
    url.protocol = 'ws:'
    return KernelSocket.connect(url, subprotocol)
  }

  const startKernel = async (): Promise<string> => {
    const response = await ask('kernels', { method: 'POST', body: JSON.stringify({ name: KERNEL_NAME }) })
    expect(response.status).toBe(201)
    return ((await response.json()) as { id: string }).id
  }

  const shown = ({ published }: CellRun, type: string) =>
    published.filter((message) => message.type === type).map(({ content }) => content)

  test('offers the kernel, and says that it is TypeScript', async () => {
    const response = await ask('kernelspecs')
    expect(await response.json()).toMatchObject({
      kernelspecs: {
        [KERNEL_NAME]: { spec: { language: 'typescript', display_name: 'TypeScript (thesis)' } },
      },
    })
  })

  test.each<Subprotocol>(['default', 'v1.kernel.websocket.jupyter.org'])(
    'runs cells over the subprotocol %s',
    async (subprotocol) => {
      const id = await startKernel()
      const socket = await connect(id, subprotocol)
      try {
        expect(socket.chosen).toBe(subprotocol === 'default' ? '' : subprotocol)
        const written = await socket.execute("console.log('größer 😀')\n6 * 7")
        expect(written.reply).toMatchObject({ status: 'ok', execution_count: 1 })
        expect(
          shown(written, 'stream')
            .map(({ text }) => text)
            .join(''),
        ).toBe('größer 😀\n')
        expect(objectField(shown(written, 'execute_result')[0]!, 'data')['text/plain']).toBe('42')
        const failed = await socket.execute("const count: number = 'many'")
        expect(failed.reply).toMatchObject({ status: 'error', ename: 'TypeScriptError' })
        expect(textField(shown(failed, 'error')[0]!, 'ename')).toBe('TypeScriptError')
      } finally {
        socket.close()
        expect((await ask(`kernels/${id}`, { method: 'DELETE' })).status).toBe(204)
      }
    },
  )

  test('interrupts a cell that waits and one that computes, and the kernel keeps its variables', async () => {
    const id = await startKernel()
    const socket = await connect(id, 'v1.kernel.websocket.jupyter.org')
    try {
      await socket.execute('const kept = 5')
      for (const code of ['await new Promise(() => {})', 'while (true);']) {
        let isOver = false
        const run = socket.execute(code).finally(() => {
          isOver = true
        })
        // One that comes before the cell runs has nothing to end.
        while (!isOver) {
          await ask(`kernels/${id}/interrupt`, { method: 'POST' })
          await Promise.race([run, delay(500)])
        }
        expect((await run).reply.status, code).toBe('error')
      }
      const { published } = await socket.execute('kept')
      expect(JSON.stringify(published)).toContain('"text/plain":"5"')
    } finally {
      socket.close()
      await ask(`kernels/${id}`, { method: 'DELETE' })
    }
  })

  test('restarts a kernel, which then knows nothing of before', async () => {
    const id = await startKernel()
    const before = await connect(id, 'default')
    await before.execute('const gone = 5')
    expect((await ask(`kernels/${id}/restart`, { method: 'POST' })).status).toBe(200)
    before.close()
    const after = await connect(id, 'default')
    try {
      const { reply } = await after.execute('gone')
      expect(reply).toMatchObject({ status: 'error', execution_count: 1 })
      expect(textField(reply, 'evalue')).toContain("Cannot find name 'gone'")
    } finally {
      after.close()
      await ask(`kernels/${id}`, { method: 'DELETE' })
    }
  })
})
