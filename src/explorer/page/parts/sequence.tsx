import { useId, useState } from 'preact/hooks'
import { type Examples, exampleItem } from '../../shared/examples.js'
import type { View } from '../context.js'
import { emptyItem, type Item, isEmpty } from '../state/items.js'
import { readPicture } from '../state/picture.js'
import { useItems } from '../state/use-items.js'
import { strings } from '../strings/index.js'
import { Board } from './board.js'
import { Select } from './choices.js'
import { ItemTools } from './item-tools.js'

const { drawing: words } = strings

/** The sequence: drawn, taken from the test sequences, or read from a picture. */
export function Sequence({
  view,
  examples,
}: {
  view: View
  examples: (dataset: string) => Promise<Examples>
}) {
  const { state, dataset, manifest } = view
  const drawing = useItems(view)
  const [isEraser, setEraser] = useState(false)
  const [radius, setRadius] = useState(1.2)
  const [problem, setProblem] = useState<string | null>(null)
  const ownExamples = () => examples(dataset.id)

  async function take(sequence: number, id = dataset.id) {
    const all = await examples(id)
    const items = itemsOf(all, sequence, dataset.problem.items)
    if (id === dataset.id) drawing.put(items, sequence)
    else
      view.change({
        dataset: id,
        items,
        sequence,
        asked: typeof state.asked === 'number' ? 'prediction' : state.asked,
      })
  }
  async function open(file: Blob, place: number) {
    setProblem(null)
    try {
      const images = await readPicture(file, dataset, dataset.problem.items)
      const first = images.length === 1 ? place : 0
      drawing.put(
        state.items.map((item, k) =>
          images[k - first] === undefined
            ? item
            : { pixels: images[k - first]!, label: null, source: 'network' },
        ),
      )
    } catch {
      setProblem(words.notAPicture)
    }
  }
  const label = words.describe(
    state.items.map((item, place) =>
      nameOf(item, view.results.verdict?.labels[place] ?? null, dataset.classes),
    ),
    state.sequence,
  )
  return (
    <section class="panel sequence" aria-labelledby="sequence-heading">
      <h2 id="sequence-heading">{words.heading}</h2>
      <div class="source">
        <Select
          label={words.dataset}
          value={dataset.id}
          options={manifest.datasets.map(({ id, title }) => ({ value: id, text: title }))}
          onChange={(id) => void take(0, id)}
        />
        <Stepper view={view} take={take} />
      </div>
      <Board
        view={view}
        drawing={drawing}
        pen={{ isEraser, radius }}
        onEraser={() => setEraser(!isEraser)}
        onPicture={(file, item) => void open(file, item)}
        label={label}
      />
      <ItemTools view={view} drawing={drawing} examples={ownExamples} />
      <div class="tools">
        <span class="switch">
          <button type="button" aria-pressed={!isEraser} onClick={() => setEraser(false)}>
            {words.pen}
          </button>
          <button type="button" aria-pressed={isEraser} onClick={() => setEraser(true)}>
            {words.eraser}
          </button>
        </span>
        <label class="field width">
          <span>{words.width}</span>
          <input
            type="range"
            min="0.6"
            max="3"
            step="0.2"
            value={radius}
            onInput={({ currentTarget }) => setRadius(Number(currentTarget.value))}
          />
        </label>
        <button type="button" disabled={!drawing.canUndo} onClick={drawing.undo}>
          {words.undo}
        </button>
        <button type="button" onClick={() => drawing.put(state.items.map(() => emptyItem(dataset)))}>
          {words.clear}
        </button>
        <OpenPicture onFile={(file) => void open(file, Math.max(0, state.items.findIndex(isEmpty)))} />
      </div>
      <p class="quiet note" id="board-help">
        {words.help}
      </p>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  )
}

/** A test sequence as items. */
export const itemsOf = (examples: Examples, sequence: number, count: number): Item[] =>
  Array.from({ length: count }, (_, k) => ({
    pixels: exampleItem(examples, sequence * count + k),
    label: examples.labels[sequence * count + k]!,
    source: 'example',
  }))

function nameOf(item: Item, read: number | null, classes: readonly string[]): string {
  if (item.label !== null) return classes[item.label]!
  if (isEmpty(item)) return words.empty
  return read === null ? words.unread : words.isRead(classes[read]!)
}

function Stepper({
  view: { state, dataset },
  take,
}: {
  view: View
  take: (sequence: number) => Promise<void>
}) {
  const { count } = dataset.examples
  const id = useId()
  const at = state.sequence ?? -1
  const to = (sequence: number) => void take((sequence + count) % count)
  return (
    <div class="field stepper">
      <label for={id}>{words.example}</label>
      <div>
        <button
          type="button"
          class="icon"
          aria-label={words.previous}
          title={words.previous}
          onClick={() => to(at < 0 ? 0 : at - 1)}
        >
          ‹
        </button>
        <input
          id={id}
          type="number"
          min="1"
          max={count}
          placeholder={words.altered}
          value={state.sequence === null ? '' : state.sequence + 1}
          onChange={({ currentTarget }) => {
            const wanted = Number(currentTarget.value) - 1
            if (Number.isInteger(wanted) && wanted >= 0 && wanted < count) void take(wanted)
            else currentTarget.value = state.sequence === null ? '' : String(state.sequence + 1)
          }}
        />
        <button
          type="button"
          class="icon"
          aria-label={words.next}
          title={words.next}
          onClick={() => to(at + 1)}
        >
          ›
        </button>
      </div>
    </div>
  )
}

function OpenPicture({ onFile }: { onFile: (file: Blob) => void }) {
  return (
    <label class="button file">
      {words.picture}
      <input
        type="file"
        accept="image/*"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          if (file) onFile(file)
          currentTarget.value = ''
        }}
      />
    </label>
  )
}
