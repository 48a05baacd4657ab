import { join, relative } from 'node:path'
import { useBackend } from '../src/backend/use-backend.js'
import { architectures } from '../src/catalogue/index.js'
import {
  asked,
  commandLine,
  fromCaller,
  run,
  severalNames,
  UsageError,
  wholeNumber,
} from '../src/commands/command-line.js'
import { durationText } from '../src/commands/duration-text.js'
import { machineReadable, printResult } from '../src/commands/machine-output.js'
import { prepareDatasets } from '../src/commands/prepare.js'
import { StepTimes } from '../src/commands/step-times.js'
import { projectRoot } from '../src/files/project-root.js'
import { architectureOf } from '../src/thesis/index.js'
import { type KernelResults, kernelMeasures, kernelRows, measureKernels } from './kernel-measures.js'
import { writeKernelResults } from './kernel-results.js'
import { measure, networkMeasures } from './measures.js'
import { kernelTable } from './notebook/rows.js'
import { Peer } from './peer.js'
import { installPeers, peersPython } from './peer-environment.js'
import { installKernels, kernelPrograms } from './protocol/environment.js'
import { type Kernel, otherKernels, ourKernel } from './protocol/kernels.js'
import { demandTable } from './protocol/table.js'
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
  readonly write?: boolean
}

const measureNames = [...networkMeasures, ...kernelMeasures]

const command = machineReadable(
  commandLine(
    'npm run bench --',
    'Measures training and explaining beside PyTorch, and the notebook and its protocol beside other kernels, where those are installed.',
  )
    .option(
      '--install-peers',
      'first install what the measures compare with: PyTorch and zennit into .cache/bench (about 5.5 GB); for notebook and protocol ipykernel and Deno into .cache/kernels (0.2 GB)',
    )
    .option('--no-peers', 'measure our side alone')
    .option(
      '--measure <name>',
      `one of ${measureNames.join(', ')}; repeatable, or by commas. Default: all`,
      severalNames,
    )
    .option(
      '--network <name>',
      'an id, or a file such as ./mine.ts, which has no peer; repeatable, or by commas. Default: all that are shipped',
      severalNames,
    )
    .option('--backend <name>', 'native or wasm')
    .option('--turns <n>', 'how often each side takes its turn', wholeNumber(), 5)
    .option('--runs <n>', 'how many runs a turn has', wholeNumber(), 6)
    .option('--write', 'write bench/RESULTS.md, and of notebook and protocol bench/KERNELS.md'),
  'an array of rows {measure, network, batch, steps, backend, ours, peer, ratio} and nothing else; of notebook and protocol {measure, ours, tslab, deno, ipykernel}',
  'the same as a table',
)

const say = (text: string) => process.stderr.write(`${text}\n`)

await run(command, () => main(command.opts<Options>()))

async function main(options: Options): Promise<number> {
  const measures = measuresOf(options.measure)
  const networks = await networksOf(options.network)
  const ofNetworks = networkMeasures.filter((name) => measures.includes(name))
  const ofKernels = kernelMeasures.filter((name) => measures.includes(name))
  const rows: object[] = []
  const tables: string[] = []
  if (ofNetworks.length > 0) {
    const measured = await measureNetworks(options, ofNetworks, networks)
    rows.push(...measured.map(rowOf))
    tables.push(table(measured))
  }
  if (ofKernels.length > 0) {
    const measured = await measureAllKernels(options, ofKernels)
    rows.push(...kernelRows(measured))
    if (measured.notebook.length > 0) tables.push(kernelTable(measured.notebook))
    if (measured.protocol.length > 0) tables.push(demandTable(measured.protocol))
  }
  await printResult(command, { json: () => rows, text: () => tables.join('\n\n') })
  return 0
}

async function measureNetworks(
  options: Options,
  measures: (typeof networkMeasures)[number][],
  networks: Awaited<ReturnType<typeof networksOf>>,
): Promise<Measurement[]> {
  const { turns, runs } = options
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
  sayPeers(options, peerVersions, ['--install-peers'])
  const rows: Measurement[] = []
  const measured = progress('networks')
  for await (const row of measure({
    backend,
    measures,
    networks,
    turns,
    runs,
    python,
    onProgress: measured.tell,
  })) {
    rows.push(row)
    const versus = row.ratio === null ? '' : `, ratio ${row.ratio.toFixed(2)}`
    say(`         ${row.measure}: ${row.ours.toPrecision(3)}${versus}`)
  }
  measured.end()
  if (options.write) {
    const file = writeResults(rows, {
      ...setting(),
      versions: [`Node ${process.versions.node}`, `backend ${backend} (${reason})`, peerVersions]
        .filter(Boolean)
        .join(', '),
      repeats: `Each side took ${turns} turns of at least ${runs} runs and 200 ms in each measure, one side after the other, after a pause and a warm-up`,
    })
    say(`written: ${relative(project, file)}`)
  }
  return rows
}

async function measureAllKernels(
  options: Options,
  measures: (typeof kernelMeasures)[number][],
): Promise<KernelResults> {
  const { turns, runs } = options
  const project = projectRoot()
  if (options.installPeers) {
    say('installing ipykernel and Deno into .cache/kernels')
    await installKernels(project)
  }
  const programs = options.peers ? await kernelPrograms(project) : null
  const others = programs === null ? [] : await otherKernels(project, programs)
  const versions = others.map(({ version }) => version).join(', ')
  sayPeers(options, versions, ['--measure protocol', '--install-peers'])
  const kernels: readonly Kernel[] = [ourKernel, ...others]
  const folder = join(project, 'notebooks')
  const measured = progress('kernels')
  const results = await measureKernels({ measures, kernels, folder, turns, runs, onProgress: measured.tell })
  measured.end()
  if (options.write) {
    const file = writeKernelResults(results, {
      ...setting(),
      versions: [`Node ${process.versions.node}`, versions].filter(Boolean).join(', '),
      repeats: `Each kernel took ${turns} turns, and ran ${runs} cells of a kind in each`,
    })
    say(`written: ${relative(project, file)}`)
  }
  return results
}

function setting() {
  return { date: new Date().toISOString().slice(0, 10), machine: describeMachine() }
}

/** Says what our side is measured beside; `versions` is empty where nothing is installed. */
function sayPeers({ peers }: Options, versions: string, install: readonly string[]): void {
  if (!peers) say('only our side is measured')
  else if (versions === '')
    say(`no peers: "npm run bench -- ${install.join(' ')}" installs them; only our side is measured`)
  else say(`peers: ${versions}`)
}

/** Says what is being measured, with the seconds since now and, where it was measured before, how long the rest then took. */
function progress(kind: 'networks' | 'kernels') {
  const started = Date.now()
  const times = new StepTimes(join(projectRoot(), '.cache', `bench-${kind}.json`))
  return {
    tell(text: string): void {
      const seconds = times.begin(text)
      const left = seconds === null ? '' : `  about ${durationText(seconds)} left`
      say(`${((Date.now() - started) / 1000).toFixed(0).padStart(5)} s  ${text}${left}`)
    },
    end: () => times.end(),
  }
}

function measuresOf(given: readonly string[] | undefined): (typeof measureNames)[number][] {
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
