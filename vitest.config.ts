import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/after-each.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Default: one less than there are cores, which on two leaves one idle.
    poolOptions: { forks: { maxForks: availableParallelism() } },
  },
})
