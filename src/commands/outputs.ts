import { readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { projectRoot } from '../files/project-root.js'
import { writeTogether } from '../files/write-together.js'
import { readNotebook } from '../runner/notebook-file.js'
import { withoutRunRecord } from '../runner/run-record.js'
import { commandLine, run } from './command-line.js'
import { machineReadable, printResult } from './machine-output.js'
import { notebookFiles } from './notebooks.js'

const command = machineReadable(
  commandLine(
    'npm run outputs --',
    'Puts the notebooks that the last npm run thesis executed in place of those in notebooks/, so that their outputs can be read ' +
      'without running anything. Nothing is written unless every notebook ran to its end with the text that it has now and its outputs ' +
      'are untouched since. The record of the run (times, parameters, versions) stays in results/.',
  )
    .option(
      '--check',
      'writes nothing in notebooks/: executes every notebook with its parameters in .cache/outputs-check, training and ' +
        'evaluating anew, and compares what each cell shows with what notebooks/ holds, byte for byte; names the cells that ' +
        'differ, and the sources that were changed since the notebooks ran. Pictures are the same on one platform only',
    )
    .addHelpText(
      'after',
      '\nExit code: 0 if written, or nothing differs; 1 if not; 2 if the command line is wrong; 130 after Ctrl-C.',
    ),
  '{isOk, problems, written, changedSources}',
)

const MOST_BYTES = 2_000_000
const root = projectRoot()

await run(command, async () => {
  if (!command.opts<{ check?: true }>().check) return writeOutputs()
  const controller = new AbortController()
  process.on('SIGINT', () => controller.abort())
  const { checkOutputs } = await import('./check-outputs.js')
  const { problems, changedSources } = await checkOutputs(root, notebookFiles(), controller.signal)
  if (controller.signal.aborted) return 130
  await printResult(command, {
    json: () => ({ isOk: problems.length === 0, problems, written: [], changedSources }),
  })
  return problems.length === 0 ? 0 : 1
})

/** Writes all notebooks or none, and says why not. */
async function writeOutputs(): Promise<number> {
  const { outputsProblems, sourcesChangedSince } = await import('./check-outputs.js')
  const executed = notebookFiles().map((file) => ({
    file,
    from: join(root, 'results', 'notebooks', basename(file)),
  }))
  const problems = executed.flatMap(({ file, from }) => problemsOf(file, from, outputsProblems))
  const written: { readonly file: string; readonly bytes: number }[] = []
  if (problems.length > 0)
    console.error(`${problems.join('\n')}\nnothing was written; npm run thesis executes the notebooks anew`)
  else {
    // When it ran and by which versions would make two runs with the same outputs different files.
    const contents = executed.map(
      ({ file, from }) => [file, Buffer.from(withoutRunRecord(readFileSync(from, 'utf8')))] as const,
    )
    writeTogether(contents)
    for (const [file, bytes] of contents) {
      written.push({ file: relative(root, file), bytes: bytes.length })
      console.log(`${relative(root, file)}  ${(bytes.length / 1000).toFixed(0)} kB`)
    }
  }
  const changedSources = problems.length > 0 ? [] : sourcesChangedSince(notebookFiles())
  if (changedSources.length > 0)
    console.log(`sources that were changed since the notebooks ran: ${changedSources.join(', ')}`)
  const isOk = problems.length === 0
  await printResult(command, { json: () => ({ isOk, problems, written, changedSources }) })
  return isOk ? 0 : 1
}

/** What keeps an executed notebook from taking the place of `file`. */
function problemsOf(file: string, from: string, outputsProblems: (file: string) => string[]): string[] {
  const name = basename(file)
  try {
    const [before, after] = [readNotebook(file), readNotebook(from)]
    const problems = outputsProblems(from)
    if (JSON.stringify(before.cells) !== JSON.stringify(after.cells))
      problems.push(`the text of ${name} was changed since it ran`)
    const { length } = readFileSync(from)
    if (length > MOST_BYTES) problems.push(`${name} has ${length} bytes, more than ${MOST_BYTES}`)
    return problems
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
