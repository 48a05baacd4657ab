import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkpointFolder } from '../../src/thesis/models/checkpoint-folders.js'
import { configurationOf } from '../../src/thesis/models/configuration.js'
import { experiment } from '../../src/thesis/models/experiment.js'
import { loadModel } from '../../src/thesis/models/model.js'

/** Runs the command as npm does. */
function train(...argv: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'src/commands/train.ts', ...argv],
    { encoding: 'utf8', env: { ...process.env, DEBUG: '' } },
  )
  return { status, stdout, stderr }
}

describe('npm run train', () => {
  it('trains a network and a dataset from files, on a problem of any size, and finds them again', async () => {
    const plan = await experiment({
      dataset: './test/thesis/own.ts#blots',
      network: './test/thesis/own.ts#elman',
      items: 4,
      stepColumns: 6,
      scan: 'rightToLeft',
      epochs: 2,
      seed: 7,
    })
    const folder = checkpointFolder(plan, await configurationOf(plan))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    rmSync(folder, { recursive: true, force: true })

    const argv = [
      ...['--dataset', './test/thesis/own.ts#blots', '--network', './test/thesis/own.ts#elman'],
      ...['--items', '4', '--step-columns', '6', '--scan', 'rightToLeft', '--epochs', '2', '--seed', '7'],
    ]
    const first = train(...argv)
    expect(first.stderr).toMatch(
      /^blots +elman +epoch 1\/2 .*\n.*epoch 2\/2 .*\n.*test accuracy \d+\.\d\d % /,
    )
    expect(first.status).toBe(0)
    const again = train(...argv)
    expect(again.stderr).toMatch(/^blots +elman +test accuracy/)
    expect((await loadModel(plan)).result.history).toHaveLength(2)
  })

  it.each([
    [
      ['--network', 'lstm'],
      "network 'lstm' is unknown; there are shallow, deep, convdeep, r-lstm, conv-r-lstm",
    ],
    [['--dataset', 'cifar'], "dataset 'cifar' is unknown; there are mnist-maj, fashion-mnist-maj"],
    [['--network', './nowhere.ts'], 'there is no file ./nowhere.ts'],
    [['--network', 'deep', '--items', '5', '--majority', '1'], 'another class would tie'],
    [['--epohcs', '5'], "unknown option '--epohcs'"],
    [['--all'], "unknown option '--all'"],
  ])('with %j is refused in one line, with exit code 2', (argv, message) => {
    const { status, stdout, stderr } = train(...argv)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})
