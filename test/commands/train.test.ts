import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkpointFolder } from '../../src/thesis/models/checkpoint-folders.js'
import { configurationOf } from '../../src/thesis/models/configuration.js'
import { experiment } from '../../src/thesis/models/experiment.js'
import { loadModel } from '../../src/thesis/models/model.js'
import { ownProject, runCommand } from './project.js'

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

  it('takes every hyperparameter, neurons of layers too, and prints what came of it for programs', async () => {
    const project = ownProject()
    onTestFinished(() => project.remove())
    const own = resolve('test/thesis/own.ts')
    const argv = [
      ...['--dataset', `${own}#blots`, '--network', `${own}#elman`, '--units.memory=5', '--epochs', '2'],
      ...[
        '--batch-size',
        '20',
        '--learning-rate',
        '0.01',
        '--schedule',
        'constant',
        '--keep-probability',
        '0.8',
      ],
      ...['--dropout', 'perSequence', '--patience', '1', '--seed', '-3', '--sequences', '12', '--items', '4'],
      ...[
        '--majority',
        '3',
        '--classes',
        '2',
        '--step-columns',
        '6',
        '--scan',
        'rightToLeft',
        '--fold',
        '1/3',
      ],
    ]
    const { code, stdout, stderr } = await runCommand('src/commands/train.ts', [...argv, '--json'], project)
    expect([code, stderr]).toEqual([0, expect.stringContaining('test accuracy')])
    const [row, ...others] = JSON.parse(stdout)
    expect([others, row]).toEqual([
      [],
      expect.objectContaining({ network: 'elman', status: 'finished', epochs: 2 }),
    ])
    const { configuration } = JSON.parse(readFileSync(join(row.folder, 'model.json'), 'utf8'))
    expect(configuration).toMatchObject({
      units: { memory: 5 },
      sequences: 12,
      training: {
        ...{ epochs: 2, batchSize: 20, learningRate: 0.01, schedule: 'constant', keepProbability: 0.8 },
        ...{ dropout: 'perSequence', patience: 1, seed: -3 },
      },
      problem: {
        ...{ items: 4, majority: 3, classes: 2, stepColumns: 6, scan: 'rightToLeft' },
        fold: { index: 1, of: 3 },
      },
    })
  })

  it.each([
    [
      ['--network', 'deep', '--units.hiden=3'],
      'deep.units.hiden is unknown; there are input, hidden, recurrent, output',
    ],
    [['--units.hidden=many'], 'The neurons of hidden must be a whole number of at least 1.'],
    [['--units.hidden', '0'], 'The neurons of hidden must be a whole number of at least 1.'],
    [['--network', 'deep', '--learning-rate', '0'], 'learningRate is 0; it must be a number above 0'],
    [['--network', 'deep', '--keep-probability', '1.5'], 'keepProbability is 1.5; it must be in (0, 1]'],
    [['--schedule', 'cosin'], 'Allowed choices are constant, cosine'],
    [['--dropout', 'none'], 'Allowed choices are perStep, perSequence'],
    [['--network', 'deep', '--step-columns', '5'], 'stepColumns = 5 does not divide the 84 columns'],
    [['--network', 'deep', '--sequences', '1'], 'sequences = 1; allowed is a whole number of at least 4'],
    [['--network', 'deep', '--fold', '5/5'], 'fold.index = 5; allowed is a whole number from 0 to 4'],
    [['--network', 'deepp'], 'or name a file, e.g. ./mine.ts (did you mean deep?)'],
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
