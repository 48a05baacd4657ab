import { readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { projectRoot } from '../data/project-root.js'
import { writeAtomically } from '../data/write-atomically.js'
import { codeDigest } from '../runner/code-digest.js'
import { objectField } from '../runner/json.js'
import { readNotebook } from '../runner/notebook-file.js'
import { notebookFiles } from './notebooks.js'

// npm run outputs: puts the executed notebooks of the last npm run thesis in place of those in notebooks/, so that their
// outputs can be read without running anything.
const MOST_BYTES = 1_500_000
const root = projectRoot()

const problems: string[] = []
const executed = notebookFiles().map((file) => ({
  file,
  from: join(root, 'results', 'notebooks', basename(file)),
}))
const texts = executed.map(({ file, from }) => {
  try {
    const [before, after] = [readNotebook(file), readNotebook(from)]
    const ran = objectField(after.metadata, 'thesis').outputsOf
    const text = readFileSync(from)
    if (ran !== codeDigest(before))
      problems.push(`${basename(file)} was changed since, or did not run to its end`)
    if (JSON.stringify(before.cells) !== JSON.stringify(after.cells))
      problems.push(`the text of ${basename(file)} was changed since`)
    if (text.length > MOST_BYTES)
      problems.push(`${basename(file)} has ${text.length} bytes, more than ${MOST_BYTES}`)
    return text
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error))
    return Buffer.alloc(0)
  }
})
if (problems.length > 0) {
  console.error(`${problems.join('\n')}\nnothing was written; npm run thesis executes the notebooks anew`)
  process.exit(1)
}
for (const [i, { file }] of executed.entries()) {
  await writeAtomically(file, texts[i]!)
  console.log(`${relative(root, file)}  ${(texts[i]!.length / 1000).toFixed(0)} kB`)
}
