import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { architectures } from '../../catalogue/index.js'
import type { Dataset } from '../../data/dataset.js'
import { packageFile } from '../../figures/export/packages.js'
import { networkStyle } from '../../figures/kit/palette.js'
import { codeVersion } from '../../files/code-version.js'
import { majority } from '../../thesis/models/majority.js'
import { loadModel } from '../../thesis/models/model.js'
import { recipe } from '../../thesis/models/recipes.js'
import { untrainedModel } from '../../thesis/models/untrained.js'
import { shippedValues } from '../../thesis/values/shipped.js'
import type { Manifest, ShownDataset, ShownNetwork, Weights } from '../shared/manifest.js'
import { addScript, addStyles } from './bundle.js'
import { shownMeasures, shownMethods } from './catalogue.js'
import { addExamples, exampleBytes } from './examples.js'
import { addAsset, type Files } from './files.js'
import { html } from './html.js'
import { scales, themeCss } from './theme.js'
import { addWeights } from './weights.js'

/** The networks that are shown first: one with gates, one without. */
export const FIRST_NETWORKS = ['r-lstm', 'shallow']

/**
 * The explorer as static files by their path, `index.html` last. All addresses in them are relative, so that any web server may have
 * them under any path.
 *
 * @throws Error where a shipped network has no checkpoint, or the images cannot be had
 */
export async function explorerFiles(): Promise<Files> {
  const files: Files = new Map()
  const datasets = shippedValues('dataset')
  const shown: { dataset: ShownDataset; first: string }[] = []
  for (const dataset of datasets) shown.push(await shownDataset(files, dataset))
  const networks = await shownNetworks(files, datasets)
  const manifest: Manifest = {
    version: versionText(),
    datasets: shown.map(({ dataset }) => dataset),
    networks,
    methods: shownMethods(),
    measures: shownMeasures((await loadModel(datasets[0]!, architectures[0]!)).configuration.problem),
    scales,
    worker: await addScript(files, 'worker/main.ts', 'worker'),
    wasm: { simd: addWasm(files, '-simd'), plain: addWasm(files, '') },
    first: shown[0]!.first,
  }
  const styles = await addStyles(files, 'page/style/index.css', await themeCss(files))
  const script = await addScript(files, 'page/main.tsx', 'explorer')
  files.set('index.html', new TextEncoder().encode(html(manifest, script, styles)))
  return files
}

async function shownDataset(
  files: Files,
  dataset: Dataset,
): Promise<{ dataset: ShownDataset; first: string }> {
  const { configuration } = await loadModel(dataset, architectures[0]!)
  const { items, majority: most, classes, stepColumns, scan } = configuration.problem
  const { test } = await majority(dataset, configuration.problem)
  return {
    dataset: {
      id: dataset.id,
      title: dataset.title,
      classes: dataset.classes.slice(0, classes),
      rows: test.images.rows,
      columns: test.images.columns,
      problem: { items, majority: most, classes, stepColumns, scan },
      examples: addExamples(files, test, dataset.id),
    },
    first: gzipSync(exampleBytes(test, 1), { level: 9 }).toString('base64'),
  }
}

async function shownNetworks(files: Files, datasets: readonly Dataset[]): Promise<ShownNetwork[]> {
  const networks: ShownNetwork[] = []
  for (const architecture of architectures) {
    const [trained, untrained]: Record<string, Weights>[] = [{}, {}]
    for (const dataset of datasets) {
      const name = `${dataset.id}-${architecture.id}`
      trained![dataset.id] = addWeights(files, await loadModel(dataset, architecture), name)
      const before = await untrainedModel(recipe(dataset, architecture))
      untrained![dataset.id] = addWeights(files, before, `${name}-untrained`)
    }
    const { id, title } = architecture
    networks.push({ id, title, color: networkStyle(id).color, trained: trained!, untrained: untrained! })
  }
  return networks
}

function addWasm(files: Files, kind: string): string {
  const name = `tfjs-backend-wasm${kind}.wasm`
  const code = readFileSync(packageFile(`@tensorflow/tfjs-backend-wasm/dist/${name}`))
  return addAsset(files, `${name}.gz`, gzipSync(code, { level: 9 })).file
}

function versionText(): string {
  const { version, commit } = codeVersion()
  return commit === undefined ? version : `${version} (${commit.slice(0, 7)})`
}
