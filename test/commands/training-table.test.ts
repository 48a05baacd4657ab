import { describe, expect, it } from 'vitest'
import { trainingTable } from '../../src/commands/training-table.js'
import { recipe } from '../../src/thesis/models/recipes.js'

const plan = recipe('fashion-mnist-maj', 'deep')

/** A progress table whose clock is set by hand. */
function table(isTTY: boolean, plans = [plan]) {
  const written: string[] = []
  const now = { seconds: 0 }
  const out = { isTTY, columns: 200, write: (text: string) => written.push(text) }
  return { written, now, ...trainingTable(plans, out, () => 1000 * now.seconds) }
}

const batch = (epoch: number, batch: number, phase?: number) => ({
  at: { epoch, batch, batches: 10, loss: 0.5, ...(phase === undefined ? {} : { phase }) },
})
const row = (epoch: number) => ({
  row: { epoch, learningRate: 1e-3, loss: 0.5, accuracy: 0.9, validationLoss: 0.6, validationAccuracy: 0.8 },
})

describe('the progress of a training', () => {
  it('is one line on a terminal that says phase, epoch and the time left, and is rewritten', () => {
    const { tell, written, now } = table(true)
    tell(plan, batch(0, 0, 0))
    now.seconds = 60
    // Three of the fifteen epochs of both phases.
    tell(plan, batch(2, 10, 0))
    expect(written[0]).toMatch(/phase 1\/2 {2}epoch 1\/3 .* 0 % done\n$/)
    expect(written[1]).toMatch(/phase 1\/2 {2}epoch 3\/3 .* 20 % done {2}about 4 min left\n$/)
    expect(written[1]!.startsWith('\x1b[1A\x1b[2K')).toBe(true)
    tell(plan, batch(5, 10))
    expect(written[2]).toContain('phase 2/2  epoch 6/12')
    tell(plan, { testAccuracy: 0.9, backend: 'wasm' })
    expect(written.at(-1)).toContain('test accuracy 90.00 %  (wasm)')
  })

  it('is at most twenty plain lines elsewhere, each with the time left', () => {
    const long = { ...plan, start: undefined, training: { ...plan.training, epochs: 80 } }
    const { tell, written, now } = table(false, [long])
    for (let epoch = 0; epoch < 80; epoch++) {
      tell(long, batch(epoch, 5))
      now.seconds += 10
      tell(long, row(epoch))
    }
    expect(written).toHaveLength(20)
    expect(written[10]).toMatch(
      /^fashion-mnist-maj {2}deep {2}epoch 41\/80 .* after 410 s {2}about 7 min left\n$/,
    )
    expect(written.join('')).not.toContain('\x1b')
  })

  it('says every epoch of a short one', () => {
    const short = { ...plan, start: undefined, training: { ...plan.training, epochs: 3 } }
    const { tell, written } = table(false, [short])
    for (const epoch of [0, 1, 2]) tell(short, row(epoch))
    expect(written.map((line) => /epoch \d/.exec(line)?.[0])).toEqual(['epoch 1', 'epoch 2', 'epoch 3'])
  })
})
