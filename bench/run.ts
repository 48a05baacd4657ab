import { relative } from 'node:path'
import { useBackend } from '../src/backend/use-backend.js'
import { architectures } from '../src/catalogue/index.js'
import {
  asked,
  commandLine,
  fromCaller,
  run,
  several,
  UsageError,
  wholeNumber,
} from '../src/commands/command-line.js'
import { prepareDatasets } from '../src/commands/prepare.js'
import { projectRoot } from '../src/files/project-root.js'
import { architectureOf } from '../src/thesis/index.js'
import { type MeasureName, measure, measureNames } from './measures.js'
import { Peer } from './peer.js'
import { installPeers, peersPython } from './peer-environment.js'
import { describeMachine, writeResults } from './results.js'
import { type Measurement, rowOf } from './row.js'
import { table } from './table.js'

interface Options {
  readonly installPeers?: boolean
  readonly peers: boolean
  readonly measure?: readonly string[]
  readonly network?: readonly string[]
  readonly backend?: string
  readonly turns: number
  readonly runs: number
  readonly json?: boolean
  readonly write?: boolean
}

const command = commandLine(
  'npm run bench --',
  'Measures training, explaining and the notebook, beside the same networks in PyTorch where those are installed.',
)
  .option('--install-peers', 'first install PyTorch and zennit into .cache/bench (about 5.5 GB)')
  .option('--no-peers', 'measure our side alone')
  .option('--measure <name>', `one of ${measureNames.join(', ')}; repeatable. Default: all`, several)
  .option(
    '--network <name>',
    'an id, or a file such as ./mine.ts, which has no peer; repeatable. Default: all that are shipped',
    several,
  )
  .option('--backend <name>', 'native or wasm')
  .option('--turns <n>', 'how often each side takes its turn', wholeNumber(), 5)
  .option('--runs <n>', 'how many runs a turn has', wholeNumber(), 6)
  .option(
    '--json',
    'an array of rows {measure, network, batch, steps, backend, ours, peer, ratio} and nothing else',
  )
  .option('--write', 'write bench/RESULTS.md')

const say = (text: string) => process.stderr.write(`${text}\n`)

await run(command, () => main(command.opts<Options>()))

async function main(options: Options): Promise<number> {
  const { turns, runs } = options
  const measures = measuresOf(options.measure)
  const networks = await networksOf(options.network)
  const project = projectRoot()
  const { name: backend, reason } = await asked(() => useBackend(options.backend))
  say(`backend ${backend}: ${reason}`)
  if (measures.includes('train')) await prepareDatasets(say)
  if (options.installPeers) {
    say('installing PyTorch and zennit into .cache/bench, which takes minutes')
    await installPeers(project)
  }
  const python = options.peers ? await peersPython(project) : null
  const peerVersions = python === null ? '' : await versionsOf(python)
  if (!options.peers) say('only our side is measured')
  else if (python === null)
    say('no peers: "npm run bench -- --install-peers" installs them; only our side is measured')
  else say(`peers: ${peerVersions}`)

  const started = Date.now()
  const onProgress = (text: string) =>
    say(`${((Date.now() - started) / 1000).toFixed(0).padStart(5)} s  ${text}`)
  const rows: Measurement[] = []
  for await (const row of measure({
    project,
    backend,
    measures,
    networks,
    turns,
    runs,
    python,
    onProgress,
  })) {
    rows.push(row)
    const versus = row.ratio === null ? '' : `, ratio ${row.ratio.toFixed(2)}`
    say(`         ${row.measure}: ${row.ours.toPrecision(3)}${versus}`)
  }
  if (options.json) process.stdout.write(`${JSON.stringify(rows.map(rowOf), null, 1)}\n`)
  else console.log(table(rows))
  if (options.write) {
    const file = writeResults(rows, {
      date: new Date().toISOString().slice(0, 10),
      machine: describeMachine(),
      versions: [`Node ${process.versions.node}`, `backend ${backend} (${reason})`, peerVersions]
        .filter(Boolean)
        .join(', '),
      repeats: `Each side took ${turns} turns of at least ${runs} runs and 200 ms in each measure, one side after the other, after a pause and a warm-up`,
    })
    say(`written: ${relative(project, file)}`)
  }
  return 0
}

function measuresOf(given: readonly string[] | undefined): MeasureName[] {
  const unknown = given?.find((name) => !measureNames.some((known) => known === name))
  if (unknown !== undefined)
    throw new UsageError(`--measure ${unknown} is unknown; there are ${measureNames.join(', ')}`)
  return measureNames.filter((name) => given?.includes(name) ?? true)
}

/** The networks that are measured, with the names by which another process finds them. */
async function networksOf(given: readonly string[] | undefined) {
  const names = given?.map(fromCaller) ?? architectures.map(({ id }) => id)
  return asked(() =>
    Promise.all(names.map(async (name) => ({ name, architecture: await architectureOf(name) }))),
  )
}

async function versionsOf(python: string): Promise<string> {
  const peer = new Peer(python, 1)
  try {
    const versions = await peer.ask('versions')
    return Object.entries(versions)
      .filter(([, version]) => version !== null)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')
  } finally {
    peer.end()
  }
}
