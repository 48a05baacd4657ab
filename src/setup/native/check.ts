import { join } from 'node:path'
import { run } from './run.js'

/** What a native backend that computes correctly says of itself. */
export interface ProbeResult {
  readonly tensorflow: string
  /** Billions of operations a second on a product of two 1024×1024 matrices. */
  readonly gigaflops: number
}

/**
 * Loads a native backend in a process of its own and compares what it computes with slow references.
 *
 * @throws where it does not load, or computes something else
 */
export async function check(entry: string, project: string, signal?: AbortSignal): Promise<ProbeResult> {
  const probe = join(import.meta.dirname, 'probe.ts')
  const options = { cwd: project, env: { TF_CPP_MIN_LOG_LEVEL: '1' }, ...(signal && { signal }) }
  const output = await run(process.execPath, ['--import', 'tsx', probe, entry], options).catch((error) => {
    throw explained(error)
  })
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as ProbeResult
}

function explained(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  if (error.message.includes('SIGILL')) {
    return new Error('this processor lacks instructions (AVX) that the TensorFlow library needs')
  }
  if (error.message.includes('was ended by'))
    return new Error(`it ${error.message.match(/was ended by \w+/)?.[0]}`)
  // Of a stack trace only the error's own line helps.
  const cause = error.message.split('\n').find((line) => /^\w*Error: /.test(line))
  return cause === undefined ? error : new Error(cause, { cause: error })
}
