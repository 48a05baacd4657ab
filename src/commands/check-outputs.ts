import { readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { codeDigest } from '../runner/code-digest.js'
import { objectField } from '../runner/json.js'
import { readNotebook } from '../runner/notebook-file.js'
import { runNotebooks } from '../runner/run-all.js'
import { differingCells, outputsDigest } from '../runner/saved-outputs.js'
import { changedSources } from '../runner/source-digests.js'
import { freshProject } from './fresh-project.js'
import { prepareDatasets } from './prepare.js'

/** What the metadata of a notebook tell about its outputs without running it, in one line each. */
export function outputsProblems(file: string): string[] {
  const { cells, metadata } = readNotebook(file)
  const { outputsOf = null, outputs = null } = objectField(metadata, 'thesis')
  const name = basename(file)
  if (outputsOf === null) return [`${name} has no outputs of a whole run`]
  return [
    ...(outputsOf === codeDigest({ cells }) ? [] : [`the code of ${name} was changed since it ran`]),
    ...(outputs === outputsDigest(readFileSync(file, 'utf8'))
      ? []
      : [`the outputs of ${name} were changed since it ran`]),
  ]
}

/** The sources, reached from the imports of notebooks, that were changed since these ran. */
export const sourcesChangedSince = (files: readonly string[]): string[] =>
  [...new Set(files.flatMap((file) => changedSources(readNotebook(file).metadata)))].sort()

/**
 * Executes notebooks in a fresh copy of the project and compares what their cells show with what the files hold, byte for byte.
 *
 * @param signal ends the check
 * @returns what differs, and the sources that were changed since; both are printed too
 */
export async function checkOutputs(root: string, files: readonly string[], signal: AbortSignal) {
  const copy = join(root, '.cache', 'outputs-check')
  const problems = files.flatMap(outputsProblems)
  await prepareDatasets()
  await freshProject(root, copy)
  const { isOk } = await runNotebooks(
    files.map((file) => join(copy, 'notebooks', basename(file))),
    { outFolder: join(copy, 'results', 'notebooks'), signal },
  )
  if (!isOk) problems.push('not every notebook ran to its end')
  else {
    for (const file of files) {
      const executed = join(copy, 'results', 'notebooks', basename(file))
      const cells = differingCells(readFileSync(file, 'utf8'), readFileSync(executed, 'utf8'))
      if (cells.length > 0) problems.push(`${basename(file)} shows something else in ${cells.join(', ')}`)
    }
  }
  const since = sourcesChangedSince(files)
  if (since.length > 0) console.log(`Sources that were changed since the notebooks ran: ${since.join(', ')}`)
  if (problems.length > 0) console.error(`${problems.join('\n')}\n`)
  console.log(
    problems.length > 0
      ? `The outputs in notebooks/ are not those of a run; the run is in ${relative(root, copy)}/results/notebooks.`
      : 'Every cell shows what notebooks/ holds, byte for byte.',
  )
  return { problems, changedSources: since }
}
