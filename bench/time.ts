/** The milliseconds of each run. */
export function time(run: () => void, repeats: number): number[] {
  return Array.from({ length: repeats }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  })
}

/** Runs something until it is as quick as it gets: compiled, by TensorFlow and by V8. */
export function warmUp(run: () => void): void {
  const start = performance.now()
  for (let i = 0; i < FEWEST || performance.now() - start < MILLISECONDS; i++) run()
}

const FEWEST = 3
const MILLISECONDS = 1000
