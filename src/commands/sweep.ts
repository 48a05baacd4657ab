import { commandLine, decimal, run, several, wholeNumber } from './command-line.js'
import { machineReadable } from './machine-output.js'
import type { SweepCommandOptions } from './sweep-command.js'

const HELP = `
Values are separated by commas: --set network=deep,r-lstm. A parameter that is an array takes arrays as npm run notebook does,
separated by |: --set "networks=shallow,deep|deep" are two, [shallow, deep] and [deep]; --set networks=shallow,deep is one. Where a
value itself holds commas, | separates too, and one value has | behind it.

results/sweeps/<name> has a folder for each combination, with the executed notebook, its tables and figures and run.json (parameters,
status, seconds, numbers), and comparison.csv, comparison.md and comparison.pdf, .svg and .png of all. Compared are the numbers that the
notebook records with record({ 'test accuracy': … }) of src/notebook, and those of exported tables with one row; tables/ has each
exported table of all combinations. Each combination computes with one thread.

A finished combination is run again only if the notebook's code cells or its parameters have changed. After Ctrl-C, or whatever else
ended it, the same command goes on. One that failed is run again by the same command.

Exit code: 0 if all combinations are finished; 1 if some failed; 2 if the command line is wrong or the notebook refuses a parameter,
in which case nothing ran; 130 after Ctrl-C.`

const command = machineReadable(
  commandLine(
    'npm run sweep --',
    'Runs a notebook with all combinations of parameter values, side by side, and compares what they come to in a table and a figure.',
  )
    .usage('notebooks/03-training.ipynb --set network=deep,r-lstm --set keepProbability=0.8,0.95 [options]')
    .argument('<notebook>', 'the .ipynb file')
    .option(
      '--set <name=values>',
      'the values of a parameter; may be repeated, and a single value is one for all',
      several,
    )
    .option('--name <name>', "of the sweep, in results/sweeps. Default: the notebook's")
    .option('--jobs <n>', 'combinations at once. Default: one per core', wholeNumber())
    .option('--metric <name>', 'the number that the figure compares. Default: the first')
    .option('--list', 'list the combinations and whether they would run, and run nothing')
    .option('--again', 'run finished combinations again, such as after changes in src')
    .option('--timeout <seconds>', 'the longest that one cell may take. Default: no limit', decimal)
    .addHelpText('after', HELP),
  '{folder, isInterrupted, compared, runs: [{id, parameters, status, numbers}]}; of --list: an array of {id, parameters, state}',
  'the table that comparison.csv holds; of --list: the same as a table',
)

await run(command, async () => {
  const { sweep } = await import('./sweep-command.js')
  return sweep(command, command.args[0]!, command.opts<SweepCommandOptions>())
})
