import { readdir } from 'node:fs/promises'
import { readSums, SUMS } from '../files/sha256-sums.js'
import { progressDisplay } from '../notebook/progress.js'
import { asked, callersPath, commandLine, run, severalNames, UsageError, valuesOf } from './command-line.js'
import { isForMachines, machineReadable, printResult } from './machine-output.js'

const LIMIT = 1e-4

const command = machineReadable(
  commandLine(
    'npm run conformance --',
    'Compares networks and methods with golden files: small networks, sequences, and the logits and relevance that an independent implementation computed. A method that a file holds and that is not there is reported as missing. Where the folder has a SHA256SUMS, as sha256sum *.json > SHA256SUMS writes it, a file that was damaged or edited since is refused.',
  )
    .argument('<folder>', 'a folder of golden files (*.json), e.g. test/golden')
    .option(
      '--network <file>',
      'a file that exports a network a golden file names, e.g. ./mine.ts; repeatable, or by commas',
      severalNames,
    )
    .option(
      '--method <file>',
      'a file that exports a method a golden file names, e.g. ./mine.ts; repeatable, or by commas',
      severalNames,
    ),
  'an array of {file, network, quantity, deviation, status, problem}; status is ok, FAIL or missing',
  'the same as a table',
)

await run(command, async () => {
  const folder = callersPath(command.args[0]!)
  const { network, method } = command.opts<{ network?: string[]; method?: string[] }>()
  const sums = await asked(() => readSums(folder))
  const files = await goldenFiles(folder, sums)
  const { useBackend } = await import('../backend/use-backend.js')
  const { conformance } = await import('../thesis/conformance.js')
  const { readGolden } = await import('../thesis/golden-file.js')
  const { architectureOf, catalogue, methodOf } = await import('../thesis/values/index.js')
  const own = await valuesOf(network, architectureOf, [])
  const known = await catalogue()
  const methods = [...(await valuesOf(method, methodOf, [])), ...known.methods]
  const backend = await useBackend()
  console.log(
    `backend ${backend.name}: ${backend.reason}; the limit is ${LIMIT} of the largest reference value`,
  )
  const missing = new Set<string>()
  let [failed, done] = [0, 0]
  const rows: object[] = []
  const isQuiet = isForMachines(command)
  const say = (word: string, file: string, ...columns: string[]) => {
    if (!isQuiet) console.log([word.padEnd(7), file.padEnd(20), ...columns].join('  '))
  }
  // Lines for people say by themselves how far it is.
  const progress = isQuiet
    ? progressDisplay({ label: 'Conformance', total: files.length, unit: 'files' })
    : null
  for (const file of files) {
    try {
      const golden = readGolden(folder, file, sums)
      const given = own.find(({ id }) => id === golden.architecture)
      const architecture = given ?? (await architectureOf(golden.architecture))
      for (const { architecture: id, quantity, deviation } of conformance(golden, architecture, methods)) {
        const columns = [id.padEnd(12), quantity.padEnd(27)]
        if (deviation === null) missing.add(quantity)
        else if (!(deviation <= LIMIT)) failed++
        const word = deviation === null ? 'missing' : deviation <= LIMIT ? 'ok' : 'FAIL'
        say(word, file, ...columns, deviation?.toExponential(2) ?? 'there is no such method')
        rows.push({ file, network: id, quantity, deviation, status: word, problem: null })
      }
    } catch (error) {
      failed++
      const { message, stack } = error instanceof Error ? error : new Error(String(error))
      say('FAIL', file, (process.env.DEBUG && stack) || message)
      rows.push({ file, network: null, quantity: null, deviation: null, status: 'FAIL', problem: message })
    }
    progress?.update(++done)
  }
  progress?.finish()
  await printResult(command, { json: () => rows })
  const unsealed = sums === null ? [] : files.filter((file) => !sums.has(file))
  if (unsealed.length > 0) console.log(`not in ${SUMS}, so not sealed: ${unsealed.join(', ')}`)
  const named = missing.size > 0 ? `; methods that are missing: ${[...missing].join(', ')}` : ''
  console.log(
    failed === 0
      ? `all ${files.length} files conform${named}`
      : `${failed} deviations above ${LIMIT} or files not evaluated${named}`,
  )
  return failed === 0 ? 0 : 1
})

async function goldenFiles(folder: string, sums: ReadonlyMap<string, string> | null): Promise<string[]> {
  let names: string[]
  try {
    names = await readdir(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why =
      code === 'ENOTDIR' ? 'is a file, not a folder' : code === 'ENOENT' ? 'does not exist' : String(code)
    throw new UsageError(`${folder} ${why}; give a folder of golden files, e.g. test/golden`)
  }
  const sealed = [...(sums?.keys() ?? [])]
  const files = [...new Set([...names, ...sealed])].filter((file) => file.endsWith('.json')).sort()
  if (files.length === 0) throw new UsageError(`${folder} holds no golden files (*.json)`)
  return files
}
