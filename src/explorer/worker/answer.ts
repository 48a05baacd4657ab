import { readExamples } from '../shared/examples.js'
import { fetchBytes, gunzip } from '../shared/gzip.js'
import type { Manifest } from '../shared/manifest.js'
import type { Question, Reply, Subject, Survey, SurveyRow, Verdict } from '../shared/protocol.js'
import { explainCell, logitsOfOne, targetOf, verdictOf } from './explain.js'
import { type Loaded, Networks } from './networks.js'
import { nextTurn } from './next-turn.js'
import { pixelsOf } from './sequences.js'
import { surveyRow } from './survey.js'

/** Answers what the page asks, with the networks that it has loaded. */
export class Answers {
  private readonly networks: Networks

  constructor(
    manifest: Manifest,
    private readonly base: string,
    private readonly backend: Promise<void>,
    private readonly tell: (reply: Reply) => void,
  ) {
    this.networks = new Networks(manifest, base, backend)
  }

  /** Explains a sequence by the networks that are there, and fetches those that are not. */
  async explain(id: number, question: Question): Promise<void> {
    const started = performance.now()
    const dataset = this.networks.dataset(question.dataset)
    const subjects = question.subjects.map((subject) => this.findOrLoad(question.dataset, subject))
    await this.backend
    const verdict = verdictOf(question, subjects.find((network) => network !== null) ?? null, dataset)
    this.tell({ kind: 'verdict', id, verdict })
    const x = pixelsOf(question.items, dataset)
    try {
      for (const [subject, network] of subjects.entries()) {
        if (network === null) continue
        const logits = logitsOfOne(network, x)
        this.tell({ kind: 'logits', id, subject, logits })
        for (const method of question.methods) {
          await nextTurn()
          const target = targetOf(question, verdict, logits)
          this.cell(id, question, network, x, { subject, method, target }, verdict)
        }
      }
    } finally {
      x.dispose()
    }
    this.tell({ kind: 'done', id, milliseconds: performance.now() - started })
  }

  /** From now on networks are as they were trained, and no longer rounded; those that are there are told of once they are. */
  refine(): void {
    this.networks.refine((dataset, subject) => this.tell({ kind: 'loaded', dataset, subject }))
  }

  /** Explains the examples by every network and method that is asked for. */
  async survey(id: number, survey: Survey): Promise<void> {
    const dataset = this.networks.dataset(survey.dataset)
    const examples = readExamples(
      await gunzip(await fetchBytes(new URL(dataset.examples.file, this.base).href)),
      dataset,
    )
    const rows: SurveyRow[] = []
    await this.backend
    for (const asked of survey.asked) {
      const loaded = await this.networks.load(survey.dataset, asked.subject)
      const network = this.networks.find(survey.dataset, asked.subject) ?? loaded
      rows.push(await surveyRow(network, asked, survey, examples, dataset))
    }
    this.tell({ kind: 'surveyed', id, rows })
  }

  private cell(
    id: number,
    question: Question,
    network: Loaded,
    x: ReturnType<typeof pixelsOf>,
    chosen: { readonly subject: number; readonly method: string; readonly target: number },
    verdict: Verdict,
  ): void {
    const { subject, method } = chosen
    const isFollowed = question.followed.some((one) => one.subject === subject && one.method === method)
    const dataset = this.networks.dataset(question.dataset)
    try {
      const cell = explainCell(network, x, dataset, { ...chosen, isFollowed }, verdict, question.measures)
      this.tell({ kind: 'cell', id, cell })
    } catch (error) {
      this.tell({ kind: 'refused', id, subject, method, why: messageOf(error) })
    }
  }

  private findOrLoad(dataset: string, subject: Subject): Loaded | null {
    const found = this.networks.find(dataset, subject)
    if (found === null && !this.networks.isLoading(dataset, subject))
      this.networks.load(dataset, subject).then(
        () => this.tell({ kind: 'loaded', dataset, subject }),
        (error) => this.tell({ kind: 'unloaded', dataset, subject, why: messageOf(error) }),
      )
    return found
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
