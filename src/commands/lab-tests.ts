import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../files/project-root.js'
import { findBrowser } from '../setup/lab/browser.js'
import { isLabSetUp } from '../setup/lab/set-up.js'

/** How the tests in JupyterLab ended, or why they were skipped. */
export type LabTestsResult =
  | { readonly passed: number; readonly failed: number }
  | { readonly skipped: string }

/**
 * Runs the tests that drive JupyterLab in a headless Chromium, where both are there; screenshots go to `results/lab`.
 *
 * @param words vitest's own, such as `-t training` for the tests with that word in their names
 * @param options.isQuiet what vitest prints goes to standard error
 */
export async function runLabTests(
  words: readonly string[] = [],
  { isQuiet = false }: { readonly isQuiet?: boolean } = {},
): Promise<LabTestsResult> {
  const root = projectRoot()
  if (findBrowser() === null) {
    return { skipped: 'there is no Chromium or Chrome here: install one, or name its program in CHROME' }
  }
  if (!(await isLabSetUp(root))) {
    return { skipped: 'JupyterLab is not set up: "npm run lab -- --setup-only" does it' }
  }
  const cache = join(root, 'node_modules', '.cache')
  const report = join(cache, 'lab-tests.json')
  mkdirSync(cache, { recursive: true })
  rmSync(report, { force: true })
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const config = join('test', 'lab', 'vitest.config.ts')
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`]
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--config', config, ...reporters, ...words],
    {
      cwd: root,
      stdio: ['inherit', isQuiet ? 2 : 'inherit', 'inherit'],
    },
  )
  return countTests(report, status === 0)
}

function countTests(report: string, isOk: boolean): LabTestsResult {
  try {
    const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(readFileSync(report, 'utf8'))
    // A file that does not load, or a JupyterLab that does not start, has no failed test to count.
    return { passed, failed: isOk || failed > 0 ? failed : 1 }
  } catch {
    return { passed: 0, failed: 1 }
  }
}
