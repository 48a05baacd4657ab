import { setTimeout as delay } from 'node:timers/promises'
import { objectField } from '../../../src/runner/json.js'
import type { ProtocolClient } from '../client.js'
import { type Demand, expect, expectFields, expectStatus } from '../demand.js'

const BUSY_MILLISECONDS = 2500
/** A cell may be compiled first, and an interrupt that comes before it runs may have nothing to end. */
const BEFORE_INTERRUPTS_MILLISECONDS = 500
const BETWEEN_INTERRUPTS_MILLISECONDS = 1000

/** Starts a cell and resolves when the kernel is at work on it. */
async function started(kernel: ProtocolClient, code: string): Promise<string> {
  const id = kernel.startCell(code)
  await kernel.published(id, ({ type }) => type === 'status', 'the busy status of the cell')
  return id
}

/** Throws unless interrupt_request ends a cell with an error, and the kernel goes on. */
async function expectInterruptible(kernel: ProtocolClient, code: string, answer: string): Promise<void> {
  const id = await started(kernel, code)
  const over = kernel.reply(id, 'the interrupted cell')
  await Promise.race([over, delay(BEFORE_INTERRUPTS_MILLISECONDS)])
  while (!kernel.hasReply(id)) {
    kernel.send('control', 'interrupt_request', {})
    await Promise.race([over, delay(BETWEEN_INTERRUPTS_MILLISECONDS)])
  }
  expectStatus(await over, 'error')
  expectStatus((await kernel.execute(answer)).reply, 'ok')
}

export const control: readonly Demand[] = [
  {
    claim: 'control is answered while a cell computes',
    async check(kernel, { busy, nothing }) {
      await kernel.execute(nothing)
      const cell = await started(kernel, busy(BUSY_MILLISECONDS))
      const asked = kernel.send('control', 'kernel_info_request', {})
      await kernel.reply(asked, 'kernel_info_request on control')
      expect(!kernel.hasReply(cell), 'the reply came only after the cell had ended')
      await kernel.exchange(cell, 'the cell')
    },
  },
  {
    claim: 'the heartbeat echoes while a cell computes',
    async check(kernel, { busy, nothing }) {
      await kernel.execute(nothing)
      const cell = await started(kernel, busy(BUSY_MILLISECONDS))
      const echo = await kernel.beat('are you there?')
      expect(echo === 'are you there?', `it echoed ${echo}`)
      expect(!kernel.hasReply(cell), 'the echo came only after the cell had ended')
      await kernel.exchange(cell, 'the cell')
    },
  },
  {
    claim: 'interrupt_request is answered',
    async check(kernel) {
      const reply = await kernel.reply(kernel.send('control', 'interrupt_request', {}), 'interrupt_request')
      expectStatus(reply, 'ok')
    },
  },
  {
    claim: 'interrupt_request ends an endless loop, and the kernel goes on',
    check: (kernel, { endless, answer }) => expectInterruptible(kernel, endless, answer),
  },
  {
    claim: 'interrupt_request ends a cell that waits, and the kernel goes on',
    check: (kernel, { sleep, answer }) => expectInterruptible(kernel, sleep, answer),
  },
  {
    claim: 'debug_request is answered with what the debugger can do',
    async check(kernel) {
      const content = { type: 'request', seq: 1, command: 'debugInfo', arguments: {} }
      const reply = await kernel.reply(kernel.send('control', 'debug_request', content), 'debug_request')
      expectFields(reply.content, { type: 'text', command: 'text', success: 'boolean', body: 'object' })
      expectFields(objectField(reply.content, 'body'), { isStarted: 'boolean' })
    },
  },
  {
    claim: 'shutdown_request is answered with its restart flag, and the process ends',
    async check(kernel) {
      const id = kernel.send('control', 'shutdown_request', { restart: true })
      const reply = await kernel.reply(id, 'shutdown_request')
      expectStatus(reply, 'ok')
      expect(reply.content.restart === true, `restart is ${JSON.stringify(reply.content.restart ?? null)}`)
      await kernel.exit
    },
  },
]
