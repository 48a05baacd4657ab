import { join } from 'node:path'
import { expect, test } from 'vitest'
import { KernelClient } from '../../../src/runner/kernel-client.js'
import { projectKernel } from '../../../src/runner/kernel-spec.js'

test('a cell finds values by their ids and in files, the same as those that it imports', async () => {
  const folder = join(import.meta.dirname, '..', '..', '..', 'notebooks')
  const kernel = await KernelClient.start({ spec: projectKernel, folder })
  const printed: string[] = []
  try {
    await kernel.execute(
      `import { architectureOf, catalogue, referenceOf } from '../src/thesis/index.js'
import { elman } from '../test/thesis/own.js'
const { architectures, datasets } = await catalogue()
const fromFile = await architectureOf('../test/thesis/own.ts')
const byId = await architectureOf('deep')
console.log(JSON.stringify({
  same: [fromFile === elman, byId === architectures[1]],
  datasets: datasets.slice(0, 2).map(({ id }) => id),
  reference: referenceOf(elman),
}))`,
      ({ type, content }) => {
        if (type === 'stream' || type === 'error') printed.push(JSON.stringify(content))
      },
    )
  } finally {
    await kernel.shutdown()
  }
  const [line] = printed.map((content) => JSON.parse(content).text ?? content)
  expect(JSON.parse(line!)).toEqual({
    same: [true, true],
    datasets: ['mnist-maj', 'fashion-mnist-maj'],
    reference: `${join(folder, '..', 'test', 'thesis', 'own.ts')}#elman`,
  })
})
