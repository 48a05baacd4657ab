import { loadDataset } from '../data/sources/load-dataset.js'

/** Fetches and verifies both datasets, telling `say` where they came from; throws an Error naming the sources tried. */
export async function prepareDatasets(say: (line: string) => void = console.log): Promise<void> {
  for (const name of ['mnist', 'fashion-mnist'] as const) {
    const { source, train, test } = await loadDataset(name, { log: (line) => say(`  ${line}`) })
    say(`${name}: ${train.count} + ${test.count} images, checksums verified, from ${source}`)
  }
}
