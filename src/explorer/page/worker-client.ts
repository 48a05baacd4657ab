import type { Manifest } from '../shared/manifest.js'
import type { Question, Reply, Request, Survey, SurveyRow } from '../shared/protocol.js'

/** How it stands with the worker. */
export type WorkerStatus =
  | { readonly kind: 'starting' | 'ready' | 'restarting' }
  | { readonly kind: 'broken'; readonly why: string }

/** How long an answer may take before the worker counts as crashed, in milliseconds; a survey answers in parts of their own time. */
const PATIENCE = 30_000

/** So many crashes without an answer between them, and the worker is not started again by itself. */
const MOST_CRASHES = 3

interface AskedSurvey {
  readonly survey: Survey
  readonly resolve: (rows: readonly SurveyRow[]) => void
  readonly reject: (error: Error) => void
}

/** A reply, and what it replies to. */
export interface Answered {
  readonly reply: Reply
  readonly question: Question | null
}

/** The worker as the page asks it: one question at a time, the latest next; a worker that crashed is started anew and asked again. */
export class WorkerClient {
  private worker: Worker | null = null
  private nextId = 1
  private asked: { readonly id: number; readonly question: Question; readonly since: number } | null = null
  private waitingSince = 0
  private waiting: Question | null = null
  private latest: Question | null = null
  private readonly surveys = new Map<number, AskedSurvey>()
  private replies: Answered[] = []
  private isRefined = false
  private crashes = 0
  private watch: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly manifest: Manifest,
    private readonly onReplies: (replies: readonly Answered[]) => void,
    private readonly onStatus: (status: WorkerStatus) => void,
  ) {}

  start(status: 'starting' | 'restarting' = 'starting'): void {
    this.onStatus({ kind: status })
    const base = document.baseURI
    const worker = new Worker(new URL(this.manifest.worker, base), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<Reply>) => this.receive(data)
    worker.onerror = (event) => {
      event.preventDefault()
      this.crashed(event.message)
    }
    this.worker = worker
    this.send({ kind: 'start', manifest: this.manifest, base })
    if (this.isRefined) this.send({ kind: 'refine' })
    this.watchOver()
  }

  /** Starts a worker that broke once more. */
  retry(): void {
    this.crashes = 0
    this.restart()
  }

  /** Asks a question, after the one that is being answered; a question that still waits is dropped for it. */
  ask(question: Question): void {
    this.latest = question
    if (this.waiting === null) this.waitingSince = performance.now()
    this.waiting = question
    this.askNext()
  }

  /** From now on networks are exact and no longer rounded. */
  refine(): void {
    this.isRefined = true
    this.send({ kind: 'refine' })
  }

  /** Explains the examples. */
  survey(survey: Survey): Promise<readonly SurveyRow[]> {
    return new Promise((resolve, reject) => {
      const id = this.nextId++
      this.surveys.set(id, { survey, resolve, reject })
      this.send({ kind: 'survey', id, survey })
    })
  }

  private askNext(): void {
    if (this.asked !== null || this.waiting === null || this.worker === null) return
    this.asked = { id: this.nextId++, question: this.waiting, since: this.waitingSince }
    this.waiting = null
    this.send({ kind: 'explain', id: this.asked.id, question: this.asked.question })
    this.watchOver()
  }

  private receive(reply: Reply): void {
    if (reply.kind === 'ready') this.onStatus({ kind: 'ready' })
    if (reply.kind === 'loaded' && this.latest !== null) this.ask(this.latest)
    if (reply.kind === 'surveyed' || reply.kind === 'failed') this.surveyEnded(reply)
    const question = 'id' in reply && this.asked?.id === reply.id ? this.asked.question : this.latest
    this.tell({ reply, question })
    if ((reply.kind === 'done' || reply.kind === 'failed') && this.asked?.id === reply.id) {
      if (reply.kind === 'done') {
        this.crashes = 0
        markShown(this.asked.since)
      }
      this.asked = null
      clearTimeout(this.watch)
      this.askNext()
    }
  }

  /** Replies of one frame are told together, so that the page is drawn once for all of them. */
  private tell(answered: Answered): void {
    this.replies.push(answered)
    if (this.replies.length > 1) return
    requestAnimationFrame(() => {
      const replies = this.replies
      this.replies = []
      this.onReplies(replies)
    })
  }

  private surveyEnded(reply: Extract<Reply, { kind: 'surveyed' | 'failed' }>): void {
    const ended = this.surveys.get(reply.id)
    this.surveys.delete(reply.id)
    if (reply.kind === 'surveyed') ended?.resolve(reply.rows)
    else ended?.reject(new Error(reply.why))
  }

  private crashed(why: string): void {
    this.worker?.terminate()
    this.worker = null
    clearTimeout(this.watch)
    this.crashes += 1
    if (this.crashes < MOST_CRASHES) this.restart()
    else this.onStatus({ kind: 'broken', why })
  }

  private restart(): void {
    this.asked = null
    this.start('restarting')
    for (const [id, { survey }] of this.surveys) this.send({ kind: 'survey', id, survey })
    if (this.latest !== null) this.ask(this.latest)
  }

  private watchOver(): void {
    clearTimeout(this.watch)
    this.watch = setTimeout(() => this.crashed('no answer'), PATIENCE)
  }

  private send(request: Request): void {
    this.worker?.postMessage(request)
  }
}

/** The name of the measurement in the browser's own timeline from a change of the drawing to the heatmaps that it leads to. */
export const EXPLAINED = 'explained'

/** Notes when the frame is shown that is drawn next. */
function markShown(start: number): void {
  // The first frame tells the page, the second shows it.
  requestAnimationFrame(() => requestAnimationFrame(() => performance.measure(EXPLAINED, { start })))
}
