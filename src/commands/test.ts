import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../files/project-root.js'
import { commandLine, run as runCommand } from './command-line.js'
import { durationText } from './duration-text.js'
import { isForMachines, machineReadable, printResult } from './machine-output.js'
import { notebookFiles } from './notebooks.js'
import { prepareDatasets } from './prepare.js'
import { StepTimes } from './step-times.js'

const root = projectRoot()
const cache = join(root, 'node_modules', '.cache')
const counts = { passed: 0, failed: 0 }
const count = (passed: boolean) => (passed ? counts.passed++ : counts.failed++)

/** Runs Node on some arguments and says whether it ended well. */
function node(args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    // What others print would stand beside the result.
    stdio: ['inherit', isForMachines(command) ? 2 : 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  })
  return status === 0
}

/** Runs a program of the project's dependencies. */
const run = (script: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): boolean =>
  node([join(root, 'node_modules', script), ...args], env)

/** Tests in which a backend computes; all others run once, on the first. */
const COMPUTING = [
  'architectures',
  'backend',
  'evaluation',
  'explanation',
  'importing',
  'network',
  'thesis',
  'training',
]

/**
 * Among them, those that compute nothing on the backend, name it themselves, leave computing to other processes, train for long, or ask
 * about compiling, which wasm does not do.
 */
const ONCE = [
  'explanation/repeated',
  'importing/{command,description,refusals,topology,weights}',
  'thesis/controls/counting/learnt-to-add',
  'thesis/evaluation/{claims,conservation,edited-code,evaluate-in-workers,score-table,summary-table}',
  'thesis/{leftovers,reading,values}/*',
  'thesis/models/train-models',
  'training/backends',
]

/** How far the means of a cell may be apart that was computed on two kinds of processors. */
const ON_ANOTHER_PROCESSOR = 0.05

/** A part of the tests, and what it came to. */
interface Step {
  readonly step: string
  passed: number
  failed: number
  seconds: number
}

const steps: Step[] = []
const times = new StepTimes(join(cache, 'test-steps.json'))
const clock = { began: performance.now(), counted: { passed: 0, failed: 0 } }

/** Writes down what the step before came to. */
function endStep(): void {
  times.end()
  const last = steps.at(-1)
  if (last === undefined) return
  last.passed = counts.passed - clock.counted.passed
  last.failed = counts.failed - clock.counted.failed
  last.seconds = (performance.now() - clock.began) / 1000
}

function step(title: string): void {
  endStep()
  steps.push({ step: title, passed: 0, failed: 0, seconds: 0 })
  Object.assign(clock, { began: performance.now(), counted: { ...counts } })
  const left = times.begin(title)
  console.log(`\n── ${title}${left === null ? '' : `  about ${durationText(left)} left`}`)
}

const command = machineReadable(
  commandLine(
    'npm test --',
    'Checks formatting, lint, types and notebooks, and runs all tests; the last line counts what passed and failed.',
  )
    .option(
      '--native',
      'build the native backend first, where it is missing. Default: in continuous integration only',
    )
    .option(
      '--workflow',
      'install Snakemake first, where it is missing, so that its tests are not skipped. Default: in continuous integration only',
    )
    .option(
      '--study',
      'make two cells of the shipped study again, which takes minutes, and compare them with its table',
    ),
  '{passed, failed, seconds, steps: [{step, passed, failed, seconds}]}',
  'the steps as a table',
)

/** Whether the tests of the workflow run, after it was installed where it is wanted. */
async function workflowState(isWanted: boolean): Promise<string> {
  const { installWorkflow, workflowPython } = await import('../study/workflow/environment.js')
  if ((await workflowPython()) !== null) return 'Snakemake is installed'
  const skipped = 'the tests of the workflow are skipped'
  if (!isWanted) return `Snakemake is not installed (npm run study -- install-workflow): ${skipped}`
  try {
    await installWorkflow()
    return 'Snakemake is installed'
  } catch (error) {
    return `Snakemake cannot be installed, ${skipped}: ${error instanceof Error ? error.message : error}`
  }
}

await runCommand(command, async () => {
  const { runNotebooks } = await import('../runner/run-all.js')
  const { runLabTests } = await import('./lab-tests.js')
  const { testedBackends } = await import('./tested-backends.js')
  step('Data')
  await prepareDatasets()

  step('Format and lint')
  count(run('@biomejs/biome/bin/biome', ['ci', '.']))

  step('Layers and circles')
  count(run('dependency-cruiser/bin/dependency-cruise.mjs', ['--config', '.dependency-cruiser.cjs', 'src']))

  step('Types')
  count(run('typescript/bin/tsc'))

  step('Cells of notebooks')
  for (const [program, ...options] of [['format-notebooks.ts', '--check'], ['check-notebooks.ts']] as const)
    count(node(['--import', 'tsx', join('src', 'checks', program), ...options]))

  // On a machine that builds and tests by itself there is nobody who would install what is optional.
  const { native = false, workflow = false } = command.opts<{ native?: boolean; workflow?: boolean }>()
  const isAlone = Boolean(process.env.CI)

  step('Workflow')
  console.log(await workflowState(workflow || isAlone))

  step('Backends')
  const build = native || isAlone
  const backends = testedBackends(root, { build, say: (text) => console.log(text) })

  for (const [turn, backend] of backends.entries()) {
    step(`Unit tests on the ${backend} backend`)
    const report = join(cache, 'unit-tests.json')
    rmSync(report, { force: true })
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const again = COMPUTING.map((folder) => join('test', folder, '/'))
    const folders =
      turn === 0 ? [] : [...again, ...ONCE.flatMap((file) => ['--exclude', `test/${file}.test.ts`])]
    const units = run('vitest/vitest.mjs', ['run', ...folders, ...reporters], { THESIS_BACKEND: backend })
    try {
      const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'))
      counts.passed += numPassedTests
      counts.failed += numFailedTests
      // A file that does not load has no failed test to count.
      if (!units && numFailedTests === 0) count(false)
    } catch {
      count(false)
    }
  }

  step('Notebooks with tiny parameters')
  const { notebooks } = await runNotebooks(notebookFiles(), {
    outFolder: join(cache, 'smoke-notebooks'),
    smoke: true,
    timeoutSeconds: 300,
  })
  for (const { status } of notebooks) count(status === 'done')

  if (command.opts<{ study?: boolean }>().study === true) {
    step('Two cells of the shipped study, made again')
    const { quickCells, remakeCells } = await import('../study/remake-cells.js')
    const processor = cpus()[0]?.model ?? 'unknown'
    for (const { id, difference, isSame, processor: before } of await remakeCells(
      'thesis',
      await quickCells('thesis'),
    )) {
      // Another kind of processor rounds otherwise, and a training carries that on.
      const passed = isSame || (before !== processor && difference < ON_ANOTHER_PROCESSOR)
      console.log(
        `${passed ? 'ok' : 'FAILED'}  ${id}  ${isSame ? 'the same to the last bit' : `differs by up to ${difference.toExponential(1)}`}`,
      )
      count(passed)
    }
  }

  step('JupyterLab')
  const lab = await runLabTests([], { isQuiet: isForMachines(command) })
  if ('skipped' in lab) console.log(`skipped: ${lab.skipped}`)
  else {
    counts.passed += lab.passed
    counts.failed += lab.failed
  }

  endStep()
  const seconds = steps.reduce((sum, one) => sum + one.seconds, 0)
  await printResult(command, {
    json: () => ({ ...counts, seconds, steps }),
    csv: () => steps,
    text: () => `\n${counts.passed} passed, ${counts.failed} failed`,
  })
  return counts.failed === 0 ? 0 : 1
})
