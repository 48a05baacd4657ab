import type { Examples } from '../../shared/examples.js'
import { methodName, shares, subjectName, type View } from '../context.js'
import { itemsOf } from '../parts/sequence.js'
import { swapped } from '../state/items.js'
import { type State, stepsOf, subjectKey } from '../state/state.js'
import { strings } from '../strings/index.js'
import {
  cellOf,
  mean,
  oddAt,
  partSums,
  R_LSTM,
  SHALLOW,
  type Station,
  surveyOf,
  UNTRAINED,
} from './station.js'

const { stations: words } = strings.tour
const [SA, GB, DTD, UNIFORM] = ['sensitivity', 'guidedBackprop', 'deepTaylor', 'uniformRelevance'] as const
const SCORES = ['cosine', 'cosineBeyondChance', 'itemRanking'] as const

/** A test sequence with some networks and methods, followed through time by the first network and the last method. */
function shown(
  { dataset }: View,
  examples: Examples,
  sequence: number,
  subjects: State['subjects'],
  methods: readonly string[],
): Partial<State> {
  return {
    items: itemsOf(examples, sequence, dataset.problem.items),
    sequence,
    subjects,
    methods,
    asked: 'prediction',
    measure: 'cosine',
    followed: { subject: 0, method: methods.at(-1)! },
    step: 0,
  }
}

const percents = (values: readonly number[]): string => strings.list(values.map(strings.percent))

const question: Station = {
  title: words.question.title,
  asked: [],
  arrive: (view, examples) => shown(view, examples, 0, [R_LSTM], [DTD]),
  trials: () => [],
  tell(view) {
    const { results, dataset, manifest } = view
    const cell = cellOf(view, R_LSTM, DTD)
    const logits = results.logits.get(subjectKey(R_LSTM))
    const parts = cell && shares(cell.items)
    const label = results.verdict?.label ?? null
    if (!cell || !logits || !parts || label === null || cell.scores === null) return null
    const predicted = logits.indexOf(Math.max(...logits))
    const uniform = manifest.measures.find(({ id }) => id === 'cosine')!.baseline
    const score = cell.scores.cosine!
    return {
      sentences: [
        words.question.task(dataset.classes[label]!),
        words.question.answer(dataset.classes[predicted]!, logits[predicted]!, predicted === label),
        words.question.where(percents(parts), score, uniform),
      ],
      table: {
        caption: words.question.title,
        head: [
          strings.heatmaps.network,
          ...parts.map((_, place) => strings.heatmaps.share(place)),
          words.cosine,
          words.flat,
        ],
        lines: [
          [
            subjectName(manifest, R_LSTM),
            ...parts.map(strings.percent),
            strings.number(score),
            strings.number(uniform),
          ],
        ],
      },
    }
  },
}

const forgetting: Station = {
  title: words.forgetting.title,
  asked: [SHALLOW, R_LSTM].map((subject) => ({ subject, method: DTD })),
  arrive: (view, examples) =>
    shown(view, examples, oddAt(examples, view.dataset.problem.items - 1), [SHALLOW, R_LSTM], [DTD]),
  trials: ({ state }) => [
    {
      text: words.forgetting.swap,
      changes: { items: swapped(state.items, 0, state.items.length - 1), sequence: null },
    },
  ],
  tell(view, surveyed) {
    if (surveyed.length === 0) return null
    const { manifest, dataset } = view
    const count = dataset.problem.items
    const of = [SHALLOW, R_LSTM].map((subject) => {
      const row = surveyOf(surveyed, subject, DTD)
      const last = row.items.flatMap((items, i) =>
        row.relevant[i]!.at(-1) === false ? (shares(items)?.at(-1) ?? []) : [],
      )
      return {
        name: subjectName(manifest, subject),
        parts: partSums(row.stepShares, count),
        odd: mean(last),
        row,
      }
    })
    const [shallow, lstm] = of as [(typeof of)[number], (typeof of)[number]]
    return {
      sentences: [
        words.forgetting.parts(
          shallow.row.items.length,
          shallow.name,
          percents(shallow.parts),
          lstm.name,
          percents(lstm.parts),
        ),
        words.forgetting.last(shallow.name, shallow.parts.at(-1)!),
        words.forgetting.odd(shallow.name, shallow.odd, lstm.name, lstm.odd),
      ],
      table: {
        caption: words.forgetting.caption(shallow.row.items.length),
        head: [
          strings.heatmaps.network,
          ...shallow.parts.map((_, place) => strings.heatmaps.share(place)),
          words.forgetting.oddLast,
        ],
        lines: of.map(({ name, parts, odd }) => [name, ...parts.map(strings.percent), strings.percent(odd)]),
      },
    }
  },
}

const gates: Station = {
  title: words.gates.title,
  asked: [],
  arrive: (view, examples) =>
    shown(view, examples, oddAt(examples, view.dataset.problem.items - 1), [R_LSTM, SHALLOW], [DTD]),
  trials: ({ state, dataset }) => [
    { text: words.gates.follow, changes: { followed: { subject: 1 - state.followed.subject, method: DTD } } },
    { text: words.gates.early, changes: { step: stepsOf(dataset) / dataset.problem.items } },
  ],
  tell(view) {
    const { manifest, dataset } = view
    const [lstm, shallow] = [cellOf(view, R_LSTM, DTD)?.passage, cellOf(view, SHALLOW, DTD)?.passage]
    const forget = lstm?.gates.find(({ on, isFromBefore }) => on === 'cell' && isFromBefore)
    if (!lstm?.ledger || !shallow?.ledger || !forget || !lstm.states[0] || !shallow.states[0]) return null
    const early = stepsOf(dataset) / dataset.problem.items - 1
    const held = [lstm, shallow].map(({ states, ledger }) =>
      states[0]!.totals.map((total) => (ledger!.entered > 0 ? total / ledger!.entered : 0)),
    )
    const names = [R_LSTM, SHALLOW].map((subject) => subjectName(manifest, subject))
    return {
      sentences: [
        words.gates.what,
        words.gates.open(mean(forget.means.slice(early + 1)), early + 2),
        words.gates.held(names[0]!, held[0]![early]!, names[1]!, held[1]![early]!, early + 1),
      ],
      table: {
        caption: words.gates.caption,
        head: [strings.time.stepColumn, ...names.map(words.gates.holds), strings.time.gate('cell', true)],
        lines: forget.means.map((open, step) => [
          String(step + 1),
          ...held.map((all) => strings.percent(all[step]!)),
          strings.evidenceNumber(open),
        ]),
      },
    }
  },
}

/** Mean scores of rows of a survey, as lines of a table. */
const scoreLines = (
  view: View,
  rows: readonly (readonly [name: string, row: ReturnType<typeof surveyOf>])[],
) => ({
  head: [
    words.explanation,
    ...SCORES.map((id) => view.manifest.measures.find((measure) => measure.id === id)!.title),
  ],
  lines: rows.map(([name, { scores }]) => [name, ...SCORES.map((id) => strings.number(mean(scores[id]!)))]),
})

const evenness: Station = {
  title: words.evenness.title,
  asked: [
    { subject: SHALLOW, method: SA },
    { subject: UNTRAINED, method: GB },
    { subject: R_LSTM, method: UNIFORM },
  ],
  arrive: (view, examples) => shown(view, examples, 0, [SHALLOW, UNTRAINED], [UNIFORM, SA, GB]),
  trials: () => SCORES.map((measure) => ({ text: words.evenness.by[measure], changes: { measure } })),
  tell(view, surveyed) {
    if (surveyed.length === 0) return null
    const { manifest } = view
    const [shallow, untrained, flat] = this.asked.map(({ subject, method }) =>
      surveyOf(surveyed, subject, method),
    )
    const scores = [flat!, shallow!, untrained!].map((row) => SCORES.map((id) => mean(row.scores[id]!)))
    const names = [
      words.flat,
      `${subjectName(manifest, SHALLOW)}, ${methodName(manifest, SA)}`,
      `${subjectName(manifest, UNTRAINED)}, ${methodName(manifest, GB)}`,
    ]
    const [even, other, unknowing] = scores as [number[], number[], number[]]
    return {
      sentences: [
        words.evenness.flat(even[0]!),
        words.evenness.other(flat!.items.length, names[1]!, other[0]!, even[0]!, other[2]!, even[2]!),
        words.evenness.untrained(names[2]!, unknowing[0]!, unknowing[1]!, unknowing[2]!, other[0]!),
      ],
      table: {
        caption: words.caption(flat!.items.length),
        ...scoreLines(view, [
          [names[0]!, flat!],
          [names[1]!, shallow!],
          [names[2]!, untrained!],
        ]),
      },
    }
  },
}

const learnt: Station = {
  title: words.learnt.title,
  asked: [
    { subject: R_LSTM, method: GB },
    { subject: UNTRAINED, method: GB },
  ],
  arrive: (view, examples) => ({
    ...shown(view, examples, 0, [R_LSTM, UNTRAINED], [SA, GB]),
    measure: 'itemRanking',
  }),
  trials: () => [],
  tell(view, surveyed) {
    if (surveyed.length === 0) return null
    const { manifest } = view
    const [trained, untrained] = this.asked.map(({ subject, method }) => surveyOf(surveyed, subject, method))
    const names = [R_LSTM, UNTRAINED].map((subject) => subjectName(manifest, subject))
    const of = (row: typeof trained, id: (typeof SCORES)[number]) => mean(row!.scores[id]!)
    return {
      sentences: [
        words.learnt.cosine(trained!.items.length, of(trained, 'cosine'), of(untrained, 'cosine')),
        words.learnt.ranking(of(trained, 'itemRanking'), of(untrained, 'itemRanking')),
        words.learnt.right(mean(trained!.isRight.map(Number)), mean(untrained!.isRight.map(Number))),
      ],
      table: {
        caption: words.caption(trained!.items.length),
        ...scoreLines(view, [
          [names[0]!, trained!],
          [names[1]!, untrained!],
        ]),
      },
    }
  },
}

const otherClass: Station = {
  title: words.otherClass.title,
  asked: [],
  arrive(view, examples) {
    const state = shown(view, examples, 0, [R_LSTM, SHALLOW], [GB, DTD])
    const labels = state.items!.map(({ label }) => label)
    const odd = labels.find((label) => labels.filter((other) => other === label).length === 1)
    return { ...state, asked: odd ?? 'prediction' }
  },
  trials: () => [{ text: words.otherClass.back, changes: { asked: 'label' } }],
  tell(view) {
    const { results, dataset, manifest } = view
    const { verdict } = results
    const logits = results.logits.get(subjectKey(R_LSTM))
    const [gb, dtd] = [cellOf(view, R_LSTM, GB), cellOf(view, R_LSTM, DTD)]
    if (!verdict || verdict.label === null || !logits || !gb || !dtd) return null
    const place = verdict.relevant.indexOf(false)
    const own = [gb, dtd].map(({ items }) => shares(items)?.[place] ?? null)
    const target = dtd.target
    return {
      sentences: [
        words.otherClass.asked(
          dataset.classes[target]!,
          logits[target]!,
          dataset.classes[verdict.label]!,
          logits[verdict.label]!,
        ),
        words.otherClass.taylor(own[1]!, place, logits[target]!),
        ...(own[0] === null ? [] : [words.otherClass.guided(own[0]!, place)]),
      ],
      table: {
        caption: words.otherClass.title,
        head: [words.otherClass.method, ...verdict.relevant.map((_, k) => strings.heatmaps.share(k))],
        lines: [gb, dtd].map(({ method, items }) => [
          methodName(manifest, method),
          ...(shares(items)?.map(strings.percent) ?? items.map(() => '–')),
        ]),
      },
    }
  },
}

/** The tour, from the question to what can be asked beside it. */
export const stations: readonly Station[] = [question, forgetting, gates, evenness, learnt, otherClass]
