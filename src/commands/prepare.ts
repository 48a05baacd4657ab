import { loadDataset } from '../data/sources.js'

/** Fetches and verifies both datasets, saying where they came from; throws an Error naming the sources tried. */
export async function prepareDatasets(): Promise<void> {
  for (const name of ['mnist', 'fashion-mnist'] as const) {
    const { source, train, test } = await loadDataset(name, { log: (line) => console.log(`  ${line}`) })
    console.log(`${name}: ${train.count} + ${test.count} images, checksums verified, from ${source}`)
  }
}
