/** Which of the recorded metrics tells how good the model is. */
export interface BestRule {
  readonly metric: string
  readonly goal: 'highest' | 'lowest'
}

/** The best value so far of the metric that a `BestRule` names, and where it was recorded. */
export interface Best {
  readonly metric: string
  readonly value: number
  readonly at: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** A curve is drawn a few hundred pixels wide: more points than this are averaged in pairs. */
const mostPoints = 200

/** How far a run is and what it measured, without any clock in it. */
export class ProgressState {
  readonly series = new Map<string, Curve>()
  best: Best | null = null

  constructor(
    public done: number,
    private readonly rule?: BestRule,
  ) {}

  /** Moves to `done` and appends each of `values` to its metric's curve; values that are not finite are left out. */
  update(done: number, values: Readonly<Record<string, number>>): void {
    this.done = done
    for (const [metric, value] of Object.entries(values)) {
      if (!Number.isFinite(value)) continue
      const curve = this.series.get(metric) ?? new Curve()
      this.series.set(metric, curve)
      curve.add({ x: done, y: value })
      if (metric === this.rule?.metric && this.improves(value)) this.best = { metric, value, at: done }
    }
  }

  private improves(value: number): boolean {
    if (!this.best) return true
    return this.rule?.goal === 'lowest' ? value < this.best.value : value > this.best.value
  }
}

/** A curve of at most a few hundred points: every point is the mean of equally many consecutive values. */
class Curve {
  last: Point | null = null
  private means: Point[] = []
  private pending: Point[] = []
  private valuesPerPoint = 1

  /** The points to draw, ending with the last value recorded. */
  get points(): readonly Point[] {
    return this.pending.length > 0 ? [...this.means, average(this.pending)] : this.means
  }

  add(point: Point): void {
    this.last = point
    this.pending.push(point)
    if (this.pending.length < this.valuesPerPoint) return
    this.means.push(average(this.pending))
    this.pending = []
    if (this.means.length < mostPoints) return
    this.means = this.means
      .filter((_, i) => i % 2 === 0)
      .map((mean, i) => average([mean, this.means[2 * i + 1]!]))
    this.valuesPerPoint *= 2
  }
}

function average(points: readonly Point[]): Point {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }))
  return { x: sum.x / points.length, y: sum.y / points.length }
}
