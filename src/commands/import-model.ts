import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { describe } from '../architectures/index.js'
import { useBackend } from '../backend/use-backend.js'
import { projectRoot } from '../files/project-root.js'
import { decodeSafetensors } from '../files/safetensors.js'
import { type Imported, importModel, saveImported } from '../importing/index.js'
import { deviationFromOriginal, methodOutcomes, type Original, originalOf } from '../thesis/imported/index.js'
import { randomSequences } from '../thesis/models/random-network.js'
import { catalogue } from '../thesis/values/index.js'
import { asked, callersPath, commandLine, run } from './command-line.js'
import { layerLines, methodLines, parameterLine } from './import-report.js'
import { machineReadable, printResult } from './machine-output.js'

/** How far a logit may be from the original's. */
const LIMIT = 1e-5

/** How many random sequences methods are tried on. */
const TRIED = 8

const command = machineReadable(
  commandLine(
    'npm run import-model --',
    'Makes a network of this project of a Keras or TensorFlow.js layers model (model.json, files of weights beside it) or of a PyTorch state_dict (model.safetensors), and says which methods can explain it.',
  )
    .argument('<model>', 'model.json or model.safetensors')
    .option(
      '--wiring <file>',
      "JSON with what the model's file does not say: rows, stepColumns, steps, input, pixels, and for PyTorch layers. Default: wiring.json beside the model, if there",
    )
    .option('--out <folder>', 'where to write it. Default: results/imported/<id>')
    .option(
      '--check <file>',
      'a safetensors file with inputs and what the original made of them, logits or probabilities; differences above 1e-5 are an error',
    ),
  '{id, title, geometry, units, layers, deviation, limit, methods, folder}',
)

interface Options {
  readonly wiring?: string
  readonly out?: string
  readonly check?: string
}

await run(command, async () => {
  const [model] = command.args as [string]
  const { wiring, out, check } = command.opts<Options>()
  const told = wiring === undefined ? {} : { wiring: callersPath(wiring) }
  const imported = await asked(importModel(callersPath(model), told))
  const original = check === undefined ? null : await asked(originalIn(callersPath(check), imported))
  await useBackend()
  describeModel(imported)

  const deviation = original && (await deviationFromOriginal(imported, original))
  if (original && deviation !== null) {
    const what = original.areProbabilities ? 'probability' : 'logit'
    console.log(
      `\nlargest |${what} difference| over ${original.sequences.shape[0]} sequences: ${deviation.toExponential(1)} (${deviation <= LIMIT ? 'ok' : 'FAIL'}, the limit is ${LIMIT})`,
    )
  }
  const x = original ? tensorOf(original) : randomSequences(imported.geometry, TRIED, 1)
  const { methods } = await catalogue()
  console.log(`\nmethods, tried on ${original ? `these ${x.shape[0]}` : `${x.shape[0]} random`} sequences:`)
  const outcomes = await methodOutcomes(imported, methods, x)
  for (const line of methodLines(outcomes)) console.log(line)
  x.dispose()

  const folder =
    out === undefined ? join(projectRoot(), 'results', 'imported', imported.network.id) : callersPath(out)
  await asked(saveImported(folder, imported))
  const shown = relative(process.cwd(), folder) || '.'
  console.log(`\nwritten to ${shown}: loadImported('${shown}')`)
  const { network, geometry, units } = imported
  await printResult(command, {
    json: () => ({
      ...{
        id: network.id,
        title: network.title,
        geometry,
        units,
        layers: network.layers.map(({ name, type }) => ({ name, type })),
      },
      ...{ deviation, limit: LIMIT, methods: outcomes, folder },
    }),
  })
  return deviation === null || deviation <= LIMIT ? 0 : 1
})

async function originalIn(file: string, imported: Imported): Promise<Original> {
  return originalOf(decodeSafetensors(await readFile(file), file).tensors, imported, file)
}

function tensorOf({ sequences: { shape, values } }: Original): Tensor3D {
  return tf.tensor3d(values, shape as [number, number, number])
}

function describeModel({ architecture, geometry, units, parameters, network }: Imported): void {
  const { rows, stepColumns, steps, classes } = geometry
  const read = network.input.reads === 'steps' ? 'read step by step' : 'read as one image'
  console.log(
    `${network.title}: ${steps} steps of ${rows}×${stepColumns} pixels, ${read}; ${classes} classes\n`,
  )
  for (const line of layerLines(network, describe(architecture, geometry, units), parameters))
    console.log(line)
  console.log(parameterLine(network, architecture.parameters(geometry, units), parameters))
}
