/** The milliseconds of each run. */
export function time(run: () => void, repeats: number): number[] {
  return Array.from({ length: repeats }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  })
}
