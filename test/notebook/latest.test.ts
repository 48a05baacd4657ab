import { expect, test } from 'vitest'
import { latest } from '../../src/notebook/latest.js'

/** Work whose pieces end when they are told to. */
function controlled() {
  const began: number[] = []
  const signals: AbortSignal[] = []
  const ends: (() => void)[] = []
  const ask = latest<number>((input, signal) => {
    began.push(input)
    signals.push(signal)
    return new Promise((resolve) => ends.push(resolve))
  })
  return { ask, began, signals, ends }
}

test('of inputs that come while one is worked on, only the last is', async () => {
  const { ask, began, signals, ends } = controlled()
  const done = ask(1)
  for (const input of [2, 3, 4]) ask(input)
  expect(began).toEqual([1])
  expect(signals[0]!.aborted).toBe(true)
  ends[0]!()
  await Promise.resolve()
  await Promise.resolve()
  expect(began).toEqual([1, 4])
  expect(signals[1]!.aborted).toBe(false)
  ends[1]!()
  await done
  expect(began).toEqual([1, 4])
})

test('work that fails ends nothing', async () => {
  const done: number[] = []
  const ask = latest<number>(async (input) => {
    if (input === 1) throw new Error('no')
    done.push(input)
  })
  await ask(1)
  await ask(2)
  expect(done).toEqual([2])
})
