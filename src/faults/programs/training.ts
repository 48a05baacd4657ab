import { commandLine, run } from '../../commands/command-line.js'
import { experiment } from '../../thesis/models/experiment.js'
import { trainOrLoad } from '../../thesis/models/model.js'
import { ready, untilStopped } from './until-stopped.js'

/** Trains a tiny network on the dataset in `data/tiny` of the working folder, in this process, or goes on with that. */
await run(commandLine('training', 'Trains a tiny network.'), async () => {
  const signal = untilStopped()
  const plan = await experiment({
    ...{ network: 'shallow', dataset: './data/tiny', units: { hidden: 8, recurrent: 8 } },
    ...{ stepColumns: 4, epochs: 8, batchSize: 10, seed: 3 },
  })
  const model = await trainOrLoad(plan, { signal, onStart: ready })
  return model === null ? 130 : 0
})
