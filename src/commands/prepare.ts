/** Fetches and verifies the shipped datasets, telling `say` where they came from; throws an Error naming the sources tried. */
export async function prepareDatasets(
  say: (line: string) => void = (line) => console.log(line),
): Promise<void> {
  const { shippedValues } = await import('../thesis/values/shipped.js')
  for (const dataset of shippedValues('dataset')) {
    const { name, source, train, test } = await dataset.load({ log: (line) => say(`  ${line}`) })
    say(`${name}: ${train.count} + ${test.count} images, checksums verified, from ${source}`)
  }
}
