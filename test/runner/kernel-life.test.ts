import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { isRunning } from '../../src/files/is-running.js'
import { KernelClient, KernelLostError } from '../../src/runner/kernel-client.js'
import { projectKernel } from '../../src/runner/kernel-spec.js'
import { NOTEBOOK_FOLDER } from './notebooks.js'

const fakeKernel = (script: string) => ({
  argv: [process.execPath, '-e', script, '{connection_file}'],
  env: {},
  interruptMode: 'signal' as const,
})

let kernel: KernelClient | undefined
afterEach(async () => {
  await kernel?.kill()
  kernel = undefined
})

test('a busy kernel ends when the process that started it is killed', async () => {
  const script = join(import.meta.dirname, 'fixtures', 'start-kernel.ts')
  const parent = spawn(process.execPath, ['--import', 'tsx', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const pid = await new Promise<number>((resolve) => {
    parent.stdout.once('data', (text: Buffer) => resolve(Number(text.toString())))
  })
  expect(isRunning(pid)).toBe(true)
  parent.kill('SIGKILL')
  while (isRunning(pid)) await delay(50)
})

test('a kernel that stopped answering counts as lost, though its process is there', async () => {
  kernel = await KernelClient.start({
    spec: projectKernel,
    folder: NOTEBOOK_FOLDER,
    heartbeatSeconds: 1,
    transport: 'tcp',
  })
  const running = kernel.execute('await new Promise(() => {})', () => {})
  process.kill(kernel.pid!, 'SIGSTOP')
  await expect(running).rejects.toThrow(/has not answered its heartbeat for 1 s/)
})

test('a kernel that ends while it starts is reported with its own words', async () => {
  const spec = fakeKernel('console.error("no such library"); process.exit(4)')
  const start = KernelClient.start({ spec, folder: NOTEBOOK_FOLDER })
  await expect(start).rejects.toThrow(KernelLostError)
  await expect(start).rejects.toThrow(/its process ended \(exit code 4\)[\s\S]*no such library/)
})

test('a kernel that never answers is given up', async () => {
  const spec = fakeKernel('setInterval(() => {}, 1000)')
  const start = KernelClient.start({ spec, folder: NOTEBOOK_FOLDER, startSeconds: 0.2 })
  await expect(start).rejects.toThrow('The kernel did not start within 0.2 s')
})

test('a command that does not exist is reported', async () => {
  const spec = { argv: ['no-such-kernel-command'], env: {}, interruptMode: 'signal' as const }
  const start = KernelClient.start({ spec, folder: NOTEBOOK_FOLDER })
  await expect(start).rejects.toThrow(/cannot be started: .*no-such-kernel-command/)
})
