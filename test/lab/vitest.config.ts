import { defineConfig } from 'vitest/config'

// One browser, one JupyterLab, one test after the other: the files share a machine that may have two cores.
export default defineConfig({
  test: {
    include: ['test/lab/**/*.lab.ts'],
    testTimeout: 300_000,
    hookTimeout: 120_000,
    pool: 'forks',
    fileParallelism: false,
  },
})
