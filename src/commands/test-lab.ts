import { commandLine, run } from './command-line.js'
import { machineReadable, printResult } from './machine-output.js'

const command = machineReadable(
  commandLine(
    'npm run test:lab --',
    'Runs the tests that drive JupyterLab in a headless Chromium; screenshots go to results/lab.',
  )
    .argument('[files...]', 'parts of the names of test files in test/lab. Default: all')
    .option('-t, --test-name-pattern <pattern>', 'only tests with this in their names, such as training'),
  '{passed, failed, skipped}; skipped says why nothing ran, or is null',
)

await run(command, async () => {
  const { runLabTests } = await import('./lab-tests.js')
  const { json = false, testNamePattern } = command.opts<{ json?: true; testNamePattern?: string }>()
  const words = [...command.args, ...(testNamePattern === undefined ? [] : ['-t', testNamePattern])]
  const result = await runLabTests(words, { isQuiet: json })
  const { passed, failed, skipped } = { passed: 0, failed: 0, skipped: null, ...result }
  await printResult(command, {
    json: () => ({ passed, failed, skipped }),
    text: () =>
      skipped === null
        ? `\nScreenshots: results/lab\n\n${passed} passed, ${failed} failed`
        : `The tests in JupyterLab are skipped: ${skipped}\n\n0 passed, 0 failed, 1 skipped`,
  })
  return failed === 0 ? 0 : 1
})
