import { callersPath, commandLine, run } from './command-line.js'
import { machineReadable, printResult } from './machine-output.js'

const command = machineReadable(
  commandLine(
    'npm run native --',
    'Makes @tensorflow/tfjs-node work where its own installer could not download its library: compiles its binding against the ' +
      'TensorFlow library of a Python wheel that pip fetches. Everything is kept in .cache/native of the project; deleting that folder ' +
      'undoes it. Needs a C++ compiler and Python 3 with pip.',
  )
    .option('--force', 'build even if a working backend is there')
    .option(
      '--wheel <file>',
      'take the wheel from a file instead of fetching it; its checksum is verified all the same',
    ),
  '{status, entry, tensorflow, gigaflops}; status is there or built',
)

await run(command, async () => {
  const { force, wheel } = command.opts<{ force?: true; wheel?: string }>()
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => controller.abort(new Error('interrupted; nothing half-made is left behind')))
  const { buildNative, withoutNative } = await import('../setup/native/build.js')
  try {
    const backend = await buildNative({
      force,
      wheel: wheel === undefined ? undefined : callersPath(wheel),
      signal: controller.signal,
      say: (text) => console.log(text),
    })
    await printResult(command, { json: () => backend })
    return 0
  } catch (error) {
    console.error(`npm run native: ${error instanceof Error ? error.message : error}`)
    console.error(await withoutNative())
    return controller.signal.aborted ? 130 : 1
  }
})
