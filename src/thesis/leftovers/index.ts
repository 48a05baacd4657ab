import { checkpointLeftovers } from './checkpoints.js'
import { evaluationLeftovers } from './evaluations.js'
import type { Leftover } from './leftover.js'
import { temporaryLeftovers } from './temporary.js'

export { type Leftover, leftover } from './leftover.js'

/** Everything that nothing reads any longer: checkpoints, evaluations, and what processes that died left. */
export const leftovers = async (): Promise<Leftover[]> => {
  const checkpoints = await checkpointLeftovers()
  const inThem = (path: string) => checkpoints.some((known) => path.startsWith(`${known.path}/`))
  const temporary = temporaryLeftovers().filter(({ path }) => !inThem(path))
  return [...checkpoints, ...(await evaluationLeftovers()), ...temporary]
}
