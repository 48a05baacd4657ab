import { parseArgs } from 'node:util'
import { architecture, architectures } from '../architectures/index.js'
import { type DatasetName, datasetNames } from '../thesis/configuration.js'
import { trainOrLoad } from '../thesis/model.js'
import { recipe } from '../thesis/recipes.js'

const { values } = parseArgs({
  options: {
    dataset: { type: 'string', multiple: true },
    network: { type: 'string', multiple: true },
    retrain: { type: 'boolean', default: false },
  },
})
const datasets = (values.dataset ?? [...datasetNames]) as DatasetName[]
const networks = (values.network ?? architectures.map(({ name }) => name)).map(
  (name) => architecture(name).name,
)
const controller = new AbortController()
process.once('SIGINT', () => controller.abort())

for (const dataset of datasets) {
  for (const network of networks) {
    const started = Date.now()
    let last = 0
    const model = await trainOrLoad(recipe(dataset, network), {
      retrain: values.retrain,
      signal: controller.signal,
      onBatch: ({ epoch, batch, batches, loss, accuracy }) => {
        if (Date.now() - last < 5000) return
        last = Date.now()
        process.stderr.write(
          `${dataset} ${network} epoch ${epoch + 1} batch ${batch}/${batches} loss ${loss.toFixed(4)} accuracy ${(100 * accuracy).toFixed(2)} %\n`,
        )
      },
      onEpoch: (row) =>
        console.log(
          `${dataset} ${network} epoch ${row.epoch + 1} loss ${row.loss.toFixed(4)} accuracy ${(100 * row.accuracy).toFixed(2)} % ` +
            `validation ${row.validationLoss.toFixed(4)} ${(100 * row.validationAccuracy).toFixed(2)} % after ${((Date.now() - started) / 1000).toFixed(0)} s`,
        ),
    })
    if (model === null) {
      console.log('interrupted; run the same command again to go on')
      process.exit(130)
    }
    console.log(`${dataset} ${network} test accuracy ${(100 * model.result.testAccuracy).toFixed(2)} %`)
  }
}
