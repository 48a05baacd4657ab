import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files of half a minute and more. Last, one of them would leave all other cores idle. */
const LONG = [
  'runner/cell-sequences',
  'figures/legible-wide',
  'figures/legible-narrow',
  'notebook/document-compiled',
  'open/added',
  'study/study',
  'sweep/sweep',
  'thesis/evaluation/evaluate-in-workers',
  'explanation/repeated',
  'thesis/models/train-models',
  'importing/explanations',
  'explanation/tiny-numbers',
  'architectures/further/relevance',
  'thesis/conformance',
  'figures/specifications',
  'runner/execute',
  'package/packed',
  'bench/command',
  'bench/protocol',
  'clients/kernel-test',
]

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => LONG.some((name) => moduleId.includes(`/test/${name}.`))
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/after-each.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Default: one less than there are cores, which on two leaves one idle.
    poolOptions: { forks: { maxForks: availableParallelism() } },
    sequence: { sequencer: LongFirst },
  },
})
