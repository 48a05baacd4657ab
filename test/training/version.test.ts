import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/files/project-root.js'
import { codeDigest } from '../../src/thesis/values/code-digest.js'
import { TRAINING_VERSION } from '../../src/training/version.js'

/** Where a training begins: its steps, its first state, and the sequences that it reads. */
const ENTRIES = ['training/fit.ts', 'training/state.ts', 'data/splits.ts', 'data/subset.ts']

/** The digest of the code behind a training of each version. */
const DIGESTS: Readonly<Record<number, string>> = {
  1: '1ab33dca54aceab812393cb8975c8a2930c4e03984f268784a00c95ca4aa1f7d',
}

const root = projectRoot()
const ofNow = codeDigest(...ENTRIES.map((file) => join(root, 'src', file)))

describe('the code behind a training', () => {
  it('is that of its version', async () => {
    const { digest } = await ofNow
    expect(
      digest,
      [
        'The code behind a training was changed (comments, types and layout do not count).',
        'If trainings come out otherwise by it: raise TRAINING_VERSION in src/training/version.ts,',
        'and train the shipped checkpoints anew with npm run train -- --retrain.',
        'If they come out the same, the version stays.',
        `Either way, DIGESTS of this test gets ${TRAINING_VERSION}: '${digest}'.`,
      ].join('\n'),
    ).toBe(DIGESTS[TRAINING_VERSION])
  })

  it('is the step, the loss, Adam, dropout, the first parameters, the operations and the sequences', async () => {
    const { files } = await ofNow
    const names = files.map((file) => file.slice(join(root, 'src').length + 1).replaceAll('\\', '/'))
    for (const name of ['fit', 'stepper', 'loss', 'adam', 'dropout', 'initialise', 'negative-bias'])
      expect(names).toContain(`training/${name}.ts`)
    for (const name of [
      'network/differentiable.ts',
      'network/linear.ts',
      'data/majority.ts',
      'data/random.ts',
    ])
      expect(names).toContain(name)
    expect(names.filter((name) => /^(thesis|figures|explanation)\//.test(name))).toEqual([])
  })
})
