import { commandLine, run } from './command-line.js'
import { runLabTests } from './lab-tests.js'

const command = commandLine(
  'npm run test:lab --',
  'Runs the tests that drive JupyterLab in a headless Chromium; screenshots go to results/lab.',
)
  .argument('[words...]', "vitest's own, such as -t training for the tests with that word in their names")
  .allowUnknownOption()

await run(command, async () => {
  const result = await runLabTests(command.args)
  if ('skipped' in result) {
    console.log(`The tests in JupyterLab are skipped: ${result.skipped}`)
    console.log('\n0 passed, 0 failed, 1 skipped')
    return 0
  }
  console.log('\nScreenshots: results/lab')
  console.log(`\n${result.passed} passed, ${result.failed} failed`)
  return result.failed === 0 ? 0 : 1
})
