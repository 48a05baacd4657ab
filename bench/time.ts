/** The milliseconds of each run: of so many, and of more until they took so long. */
export function time(run: () => void, repeats: number, atLeast = 0): number[] {
  const milliseconds: number[] = []
  const began = performance.now()
  while (milliseconds.length < repeats || performance.now() - began < atLeast) {
    const start = performance.now()
    run()
    milliseconds.push(performance.now() - start)
  }
  return milliseconds
}

/** Runs something until it is as quick as it gets: compiled, by TensorFlow and by V8. */
export function warmUp(run: () => void): void {
  const start = performance.now()
  for (let i = 0; i < FEWEST || performance.now() - start < MILLISECONDS; i++) run()
}

const FEWEST = 3
const MILLISECONDS = 1000
