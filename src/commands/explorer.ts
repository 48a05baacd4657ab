import { callersPath, commandLine, run, UsageError, wholeNumber } from './command-line.js'
import { isForMachines, machineReadable, printResult, textTable } from './machine-output.js'
import { sizeText } from './size-text.js'

const command = machineReadable(
  commandLine(
    'npm run explorer --',
    'Serves the explorer to this machine alone and opens it: a page in which people draw digits or garments and watch where the ' +
      'shipped networks look. The networks run in the page; nothing is sent anywhere. Ctrl-C ends it.',
  )
    .option('--port <n>', 'the port. Default: 8090, or any that is free where that is taken', wholeNumber(1))
    .option('--no-browser', 'only print the address')
    .option('--build <folder>', 'write the explorer as static files for any web server, and serve nothing')
    .option(
      '--measure',
      'measure sizes and times in a headless Chromium, beside their limits, and serve nothing',
    ),
  'of --build: {folder, files, bytes}; of --measure: an array of rows {what, measured, limit, unit, holds}',
)

interface Options {
  readonly port?: number
  readonly browser: boolean
  readonly build?: string
  readonly measure?: true
}

await run(command, async () => {
  const { port, browser, build, measure = false } = command.opts<Options>()
  if (build !== undefined && measure)
    throw new UsageError('--build and --measure are two runs; give one of them')
  if (isForMachines(command) && build === undefined && !measure)
    throw new UsageError('--json is of --build and --measure')
  if (build !== undefined) return write(callersPath(build))
  if (measure) return measured()
  return serveUntilInterrupted(port, browser)
})

async function write(folder: string): Promise<number> {
  const { writeExplorer } = await import('../explorer/build/write-explorer.js')
  const { files, bytes } = await writeExplorer(folder)
  await printResult(command, {
    json: () => ({ folder, files, bytes }),
    text: () =>
      `The explorer is in ${folder}: ${files} files, ${sizeText(bytes)}. Any web server can show it.`,
  })
  return 0
}

async function measured(): Promise<number> {
  const { measureExplorer } = await import('../explorer/measure/measure-explorer.js')
  const rows = await measureExplorer()
  const text = await textTable(rows.map((row) => ({ ...row, holds: row.holds ? 'yes' : 'no' })))
  await printResult(command, { json: () => rows, text: () => text })
  return rows.every(({ holds }) => holds) ? 0 : 1
}

async function serveUntilInterrupted(port: number | undefined, browser: boolean): Promise<number> {
  const { explorerFiles } = await import('../explorer/build/explorer-files.js')
  const { serve } = await import('../explorer/build/serve.js')
  const { openBrowser } = await import('../setup/open-browser.js')
  console.log('Building the explorer …')
  const files = await explorerFiles()
  const served = await (port === undefined
    ? serve(files, { port: 8090 }).catch(() => serve(files))
    : serve(files, { port }))
  console.log(`The explorer is at ${served.address}; Ctrl-C ends it.`)
  if (browser) openBrowser(served.address)
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  await served.close()
  return 0
}
