import { isJsonObject, objectField } from '../../../src/runner/json.js'
import {
  type Demand,
  expect,
  expectFields,
  expectStatus,
  ofType,
  plainText,
  streamText,
  theOne,
} from '../demand.js'

export const executing: readonly Demand[] = [
  {
    claim: 'the reply to a cell that succeeds has its status and count',
    async check(kernel, { nothing }) {
      const { reply } = await kernel.execute(nothing)
      expectStatus(reply, 'ok')
      expectFields(reply.content, { execution_count: 'number', user_expressions: 'object' })
    },
  },
  {
    claim: 'the reply to a cell that fails has the name, value and traceback of the error',
    async check(kernel, { failing }) {
      const { reply } = await kernel.execute(failing.code)
      expectStatus(reply, 'error')
      expectFields(reply.content, {
        ename: 'text',
        evalue: 'text',
        traceback: 'list',
        execution_count: 'number',
      })
      expect(reply.content.ename === failing.ename, `ename is ${reply.content.ename}, not ${failing.ename}`)
      expect(reply.content.evalue === failing.evalue, `evalue is ${reply.content.evalue}`)
    },
  },
  {
    claim: 'an error is published as it is replied',
    async check(kernel, { failing }) {
      const { reply, published } = await kernel.execute(failing.code)
      const error = theOne(published, 'error')
      expectFields(error, { ename: 'text', evalue: 'text', traceback: 'list' })
      for (const field of ['ename', 'evalue', 'traceback'])
        expect(
          JSON.stringify(error[field]) === JSON.stringify(reply.content[field]),
          `${field} differs between the two`,
        )
    },
  },
  {
    claim: 'execute_input tells other clients the code and its count',
    async check(kernel, { nothing }) {
      const { reply, published } = await kernel.execute(nothing)
      const input = theOne(published, 'execute_input')
      expect(input.code === nothing, 'the code is another')
      expect(
        input.execution_count === reply.content.execution_count,
        `the count is ${input.execution_count}, and ${reply.content.execution_count} in the reply`,
      )
    },
  },
  {
    claim: 'the value of a cell is published as execute_result, with its count',
    async check(kernel, { answer }) {
      const { reply, published } = await kernel.execute(answer)
      const result = theOne(published, 'execute_result')
      expectFields(result, { data: 'object', metadata: 'object', execution_count: 'number' })
      const text = plainText(objectField(result, 'data'))
      expect(text === '42', `text/plain is ${JSON.stringify(text)}, not 42`)
      expect(result.execution_count === reply.content.execution_count, 'the count is not that of the reply')
    },
  },
  {
    claim: 'each stored cell counts by one',
    async check(kernel, { nothing, answer }) {
      const first = await kernel.execute(nothing)
      const second = await kernel.execute(answer)
      const [a, b] = [first, second].map(({ reply }) => Number(reply.content.execution_count))
      expect(b === a! + 1, `after ${a} comes ${b}`)
    },
  },
  {
    claim: 'a silent cell runs, publishes neither input nor value, and does not count',
    async check(kernel, { mark, marked, answer }) {
      const before = await kernel.execute(answer)
      for (const code of [mark, answer]) {
        const { reply, published } = await kernel.execute(code, { silent: true })
        expectStatus(reply, 'ok')
        for (const type of ['execute_input', 'execute_result'])
          expect(ofType(published, type).length === 0, `${type} was published`)
      }
      const after = await kernel.execute(marked)
      expect(streamText(after.published, 'stdout') === 'marked\n', 'it did not run')
      const [a, b] = [before, after].map(({ reply }) => Number(reply.content.execution_count))
      expect(b === a! + 1, `the count went from ${a} to ${b}`)
    },
  },
  {
    claim: 'a cell with store_history false shows its value and does not count',
    async check(kernel, { answer }) {
      const before = await kernel.execute(answer)
      const { published } = await kernel.execute(answer, { store_history: false })
      theOne(published, 'execute_result')
      const after = await kernel.execute(answer)
      const [a, b] = [before, after].map(({ reply }) => Number(reply.content.execution_count))
      expect(b === a! + 1, `the count went from ${a} to ${b}`)
    },
  },
  {
    claim: 'user_expressions are evaluated after the cell, each with a status of its own',
    async check(kernel, { nothing, answer, badExpression }) {
      const { reply } = await kernel.execute(nothing, {
        user_expressions: { good: answer, bad: badExpression },
      })
      expectStatus(reply, 'ok')
      const { good, bad } = objectField(reply.content, 'user_expressions')
      expect(isJsonObject(good) && isJsonObject(bad), 'they are not in the reply')
      expect(good.status === 'ok', `the good one has the status ${good.status}`)
      expect(plainText(objectField(good, 'data')) === '42', 'the good one is not 42')
      expectFields(good, { metadata: 'object' })
      expect(bad.status === 'error', `the bad one has the status ${bad.status}`)
      expectFields(bad, { ename: 'text', evalue: 'text', traceback: 'list' })
    },
  },
  {
    claim: 'after an error the cells that wait are aborted',
    async check(kernel, { failingLate, stdout }) {
      const failing = kernel.startCell(failingLate)
      const waiting = [kernel.startCell(stdout), kernel.startCell(stdout)]
      expectStatus(await kernel.reply(failing, 'the cell that fails'), 'error')
      for (const id of waiting) {
        const { reply, published } = await kernel.exchange(id, 'a waiting cell')
        expectStatus(reply, 'aborted')
        expect(streamText(published, 'stdout') === '', 'a waiting cell ran')
      }
      // What comes later is no longer concerned.
      expectStatus((await kernel.execute(stdout)).reply, 'ok')
    },
  },
  {
    claim: 'with stop_on_error false the cells that wait run',
    async check(kernel, { failingLate, stdout }) {
      const failing = kernel.startCell(failingLate, { stop_on_error: false })
      const waiting = kernel.startCell(stdout)
      expectStatus(await kernel.reply(failing, 'the cell that fails'), 'error')
      expectStatus(await kernel.reply(waiting, 'the waiting cell'), 'ok')
    },
  },
]
