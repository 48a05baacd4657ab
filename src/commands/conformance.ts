import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { useBackend } from '../backend/use-backend.js'
import { conformance } from '../thesis/conformance.js'
import type { Golden } from '../thesis/golden.js'

const LIMIT = 1e-4

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error('which folder? npm run conformance -- test/golden')
  process.exit(2)
}
const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort()
if (files.length === 0) {
  console.error(`${folder} holds no golden files (*.json)`)
  process.exit(2)
}
const backend = await useBackend()
console.log(
  `backend ${backend.name}: ${backend.reason}; the limit is ${LIMIT} of the largest reference value`,
)
let failed = 0
for (const file of files) {
  try {
    const golden: Golden = JSON.parse(await readFile(join(folder, file), 'utf8'))
    for (const { architecture, quantity, deviation } of conformance(golden)) {
      const passed = deviation <= LIMIT
      if (!passed) failed++
      console.log(
        `${passed ? 'ok  ' : 'FAIL'}  ${file.padEnd(20)} ${architecture.padEnd(12)} ${quantity.padEnd(19)} ${deviation.toExponential(2)}`,
      )
    }
  } catch (error) {
    failed++
    console.log(
      `FAIL  ${file.padEnd(20)} ${error instanceof Error ? (process.env.DEBUG ? error.stack : error.message) : String(error)}`,
    )
  }
}
console.log(
  failed === 0
    ? `all ${files.length} files conform`
    : `${failed} deviations above ${LIMIT} or files not evaluated`,
)
process.exitCode = failed === 0 ? 0 : 1
