import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { StepTimes } from '../../src/commands/step-times.js'

const folder = mkdtempSync(join(tmpdir(), 'steps-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('says of each step what it and those after it took the last time', () => {
  const file = join(folder, 'steps.json')
  const now = { seconds: 0 }
  const clock = () => 1000 * now.seconds
  const run = (steps: readonly (readonly [string, number])[]) => {
    const times = new StepTimes(file, clock)
    const left = steps.map(([step, seconds]) => {
      const said = times.begin(step)
      now.seconds += seconds
      return said
    })
    times.end()
    return left
  }
  const steps = [
    ['lint', 10],
    ['types', 20],
    ['tests', 300],
  ] as const
  expect(run(steps)).toEqual([null, null, null])
  expect(run(steps)).toEqual([330, 320, 300])
  // A run that was cut short forgets nothing of the rest.
  expect(run([['lint', 4]])).toEqual([330])
  expect(run(steps)).toEqual([324, 320, 300])
})
