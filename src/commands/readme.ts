import { commandLine, run } from './command-line.js'
import { machineReadable, printResult } from './machine-output.js'

const command = machineReadable(
  commandLine(
    'npm run readme --',
    "Writes README's table, figure and verdicts from the shipped study, whose cells npm run study -- run computes.",
  ),
  '{results, verdicts, figure}: what was written',
)

await run(command, async () => {
  const { writeReadme } = await import('./readme-parts.js')
  const { figure, ...parts } = await writeReadme()
  await printResult(command, {
    json: () => ({ ...parts, figure }),
    text: () => Object.values(parts).join('\n\n'),
  })
  return 0
})
