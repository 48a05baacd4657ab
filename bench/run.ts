import { relative } from 'node:path'
import { parseArgs } from 'node:util'
import { useBackend } from '../src/backend/use-backend.js'
import { architectures } from '../src/catalogue/index.js'
import { prepareDatasets } from '../src/commands/prepare.js'
import { projectRoot } from '../src/files/project-root.js'
import { measure, measureNames } from './measures.js'
import { Peer } from './peer.js'
import { installPeers, peersPython } from './peer-environment.js'
import { describeMachine, writeResults } from './results.js'
import { type Measurement, rowOf } from './row.js'
import { table } from './table.js'

const networkNames = architectures.map(({ id }) => id)

const HELP = `npm run bench [-- options]

Measures training, explaining and the notebook, beside the same networks in PyTorch where those are installed.
  --install-peers    first install PyTorch and zennit into .cache/bench (about 3 GB)
  --no-peers         measure our side alone
  --measure NAME     one of ${measureNames.join(', ')}; several may be given (all unless told)
  --network NAME     one of ${networkNames.join(', ')}; several may be given (all unless told)
  --backend NAME     native or wasm
  --turns N          how often each side takes its turn (5)
  --runs N           how many runs a turn has (6)
  --json             an array of rows {measure, network, batch, steps, backend, ours, peer, ratio} and nothing else
  --write            write bench/RESULTS.md`

const { values } = parseArgs({
  options: {
    'install-peers': { type: 'boolean', default: false },
    'no-peers': { type: 'boolean', default: false },
    measure: { type: 'string', multiple: true },
    network: { type: 'string', multiple: true },
    backend: { type: 'string' },
    turns: { type: 'string', default: '5' },
    runs: { type: 'string', default: '6' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

const say = (text: string) => process.stderr.write(`${text}\n`)

if (values.help) console.log(HELP)
else
  try {
    await main()
  } catch (error) {
    say(`npm run bench: ${error instanceof Error ? error.message : error}`)
    process.exitCode = 1
  }

async function main(): Promise<void> {
  const measures = chosen('--measure', values.measure, measureNames)
  const networks = chosen('--network', values.network, networkNames)
  const [turns, runs] = [wholeNumber('--turns', values.turns), wholeNumber('--runs', values.runs)]
  const project = projectRoot()
  const { name: backend, reason } = await useBackend(values.backend)
  say(`backend ${backend}: ${reason}`)
  if (measures.includes('train')) await prepareDatasets(say)
  if (values['install-peers']) {
    say('installing PyTorch and zennit into .cache/bench, which takes minutes')
    await installPeers(project)
  }
  const python = values['no-peers'] ? null : await peersPython(project)
  const peerVersions = python === null ? '' : await versionsOf(python)
  if (values['no-peers']) say('only our side is measured')
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
  if (values.json) process.stdout.write(`${JSON.stringify(rows.map(rowOf), null, 1)}\n`)
  else console.log(table(rows))
  if (values.write) {
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

function chosen<Name extends string>(
  option: string,
  given: string[] | undefined,
  all: readonly Name[],
): Name[] {
  const unknown = given?.find((name) => !all.some((known) => known === name))
  if (unknown !== undefined) throw new Error(`${option} ${unknown} is unknown; there are ${all.join(', ')}`)
  return all.filter((name) => given?.includes(name) ?? true)
}

function wholeNumber(option: string, given: string): number {
  const number = Number(given)
  if (Number.isInteger(number) && number >= 1) return number
  throw new Error(`${option} is ${given}; it must be a whole number of at least 1`)
}
