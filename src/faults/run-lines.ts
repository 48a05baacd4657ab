import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pMap from 'p-map'
import { source, typescript } from './commands-of.js'
import { Draw } from './draw.js'
import type { Verdict } from './judge.js'
import { notebookText } from './subjects/notebooks.js'

/** Lines that compute nothing for long, whatever becomes of their words. */
const LINES: readonly (readonly [command: string, ...argv: string[]])[] = [
  ['train', '--network', 'nobodys', '--epochs', '2', '--learning-rate', '0.001', '--units.hidden=8'],
  ['evaluate', '--dataset', 'nobodys', '--method', 'deepTaylor', '--limit', '10', '--json'],
  ['runs', '--network', 'deep', '--json'],
  ['study', 'status', '--study', 'thesis', '--json'],
  ['notebook', 'training.ipynb', '--list', '--json'],
  ['sweep', 'training.ipynb', '--set', 'epochs=1,2', '--list', '--csv'],
  ['compare', 'training.ipynb', 'training.ipynb', '--json'],
  ['conformance', './nowhere', '--json'],
  ['import-model', './nowhere.json', '--wiring', './nowhere-either.json'],
  ['kernel', 'list', '--json'],
]

/** What people and scripts type in place of a word. */
const WORDS = [
  '',
  '-1',
  '0',
  'NaN',
  '1e999',
  '--',
  '--help',
  '../..',
  'ü',
  '{}',
  '--json',
  '=',
  'a'.repeat(300),
  '#x',
]

const changes: Readonly<Record<string, (words: string[], at: number, draw: Draw) => void>> = {
  'a word left out': (words, at) => {
    words.splice(at, 1)
  },
  'another word': (words, at, draw) => {
    words[at] = draw.of(WORDS)
  },
  'a word too many': (words, at, draw) => {
    words.splice(at, 0, draw.of(WORDS))
  },
  'a misspelt word': (words, at, draw) => {
    const word = words[at]!
    const place = draw.int(0, word.length - 1)
    words[at] = word.slice(0, place) + draw.of(['x', '', '-']) + word.slice(place + 1)
  },
  'a word twice': (words, at) => {
    words.splice(at, 0, words[at]!)
  },
}

export interface LineOutcome {
  readonly verdict: Verdict
  readonly line: string
  readonly what: string
  readonly said: string
}

/** Changes a word of command lines and runs them, a few at once. */
export async function runLines(
  count: number,
  seed: number,
  parent: string,
  jobs: number,
  onLine: (outcome: LineOutcome) => void,
): Promise<void> {
  const folder = mkdtempSync(join(parent, 'lines-'))
  writeFileSync(join(folder, 'package.json'), '{ "name": "executable-thesis" }')
  writeFileSync(join(folder, 'training.ipynb'), notebookText(0))
  const one = async (i: number): Promise<void> => {
    const draw = new Draw(seed, 'lines', i)
    const [command, ...words] = LINES[i % LINES.length]!
    const what = draw.of(Object.keys(changes))
    changes[what]!(words, draw.int(0, words.length - 1), draw)
    const { code, stderr } = await runLine(command, words, folder)
    onLine({
      verdict: verdictOf(code, stderr),
      line: [command, ...words].join(' '),
      what,
      said: stderr.slice(-500),
    })
  }
  await pMap(Array.from({ length: count }).keys(), one, { concurrency: jobs })
}

/** A refusal is one line with exit code 2 or 1; lists of what there is stand below one. */
function verdictOf(code: number | null, stderr: string): Verdict {
  if (/\n {4}at |Cannot read|is not a function|undefined/.test(stderr)) return 'unclear'
  if (code === 0) return 'accepted'
  return (code === 1 || code === 2) && stderr.trim() !== '' ? 'clear' : 'unclear'
}

function runLine(
  command: string,
  words: readonly string[],
  folder: string,
): Promise<{ readonly code: number | null; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    const argv = [...typescript(), source('commands', `${command}.ts`), ...words]
    const env = { ...process.env, INIT_CWD: folder, DEBUG: '' }
    const child = spawn(process.execPath, argv, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stderr }))
  })
}
