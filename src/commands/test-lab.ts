import { runLabTests } from './lab-tests.js'

// npm run test:lab [-- vitest's options]
const result = await runLabTests(process.argv.slice(2))
if ('skipped' in result) {
  console.log(`The tests in JupyterLab are skipped: ${result.skipped}`)
  console.log('\n0 passed, 0 failed, 1 skipped')
} else {
  console.log('\nScreenshots: results/lab')
  console.log(`\n${result.passed} passed, ${result.failed} failed`)
  process.exitCode = result.failed === 0 ? 0 : 1
}
