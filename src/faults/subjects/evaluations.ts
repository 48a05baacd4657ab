import { renameSync } from 'node:fs'
import type { EvaluationKey } from '../../thesis/evaluation/evaluation-address.js'
import { keepScores, keptFile, keptScores } from '../../thesis/evaluation/kept-scores.js'
import { inside } from '../inside.js'
import type { Subject } from '../subject.js'

const KEY: EvaluationKey = {
  ...{ version: 4, dataset: 'tiny', network: 'shallow', model: '0123456789ab', parameters: 'ab'.repeat(32) },
  problem: {
    ...{ items: 3, majority: 2, classes: 3, stepColumns: 4, scan: 'leftToRight' },
    ...{ seed: 1, freshSequences: false },
  },
  ...{ data: 'cd'.repeat(32), limit: 20, target: 'label', evidence: 'logit' },
  method: { reference: 'deepTaylor', code: 'ef'.repeat(32) },
  measure: { reference: 'cosine', code: '01'.repeat(32) },
  driver: '23'.repeat(32),
}

export const evaluations: readonly Subject[] = [
  {
    kind: 'cached evaluation',
    isSealed: true,
    make: (folder, variant) =>
      inside(folder, async () => {
        const key = variant === 0 ? KEY : { ...KEY, model: 'ba9876543210' }
        await keepScores(key, {
          correct: Uint8Array.from({ length: 20 }, (_, i) => (i + variant) % 2),
          scores: Float64Array.from({ length: 20 }, (_, i) => Math.sin(i + variant)),
          baseline: 0.816,
        })
        // Another model's, under this one's name.
        if (variant === 1) renameSync(keptFile(key), keptFile(KEY))
      }),
    async read(folder) {
      const kept = await inside(folder, () => keptScores(KEY))
      return kept && JSON.stringify([Array.from(kept.correct), Array.from(kept.scores), kept.baseline])
    },
  },
]
