import { type Examples, exampleItem } from '../../shared/examples.js'
import type { View } from '../context.js'
import { emptyItem, type Item, isEmpty, moved, swapped } from '../state/items.js'
import type { Drawing } from '../state/use-items.js'
import { strings } from '../strings/index.js'

const { drawing: words } = strings

const MOVES = [
  { where: 'left', right: -2, down: 0, sign: '←' },
  { where: 'up', right: 0, down: -2, sign: '↑' },
  { where: 'down', right: 0, down: 2, sign: '↓' },
  { where: 'right', right: 2, down: 0, sign: '→' },
] as const

interface ToolsProps {
  readonly view: View
  readonly drawing: Drawing
  readonly examples: () => Promise<Examples>
}

/** Below each image: what it is, swapping it with the next, moving and erasing it. */
export function ItemTools({ view, drawing, examples }: ToolsProps) {
  const { state, dataset } = view
  const put = (place: number, item: Item) =>
    drawing.put(state.items.map((one, k) => (k === place ? item : one)))
  return (
    <div class="item-tools">
      {state.items.map((item, place) => (
        <fieldset key={place}>
          <legend class="hidden">{words.item(place)}</legend>
          <LabelSelect view={view} place={place} put={put} examples={examples} />
          <div class="buttons">
            {MOVES.map(({ where, right, down, sign }) => (
              <button
                key={where}
                type="button"
                class="icon"
                aria-label={words.move(place, where)}
                title={words.move(place, where)}
                disabled={isEmpty(item)}
                onClick={() => put(place, moved(item, dataset, right, down))}
              >
                {sign}
              </button>
            ))}
            <button
              type="button"
              class="icon erase"
              aria-label={words.erase(place)}
              disabled={isEmpty(item)}
              onClick={() => put(place, emptyItem(dataset))}
            >
              {words.eraseShort}
            </button>
          </div>
          {place + 1 < state.items.length && (
            <button
              type="button"
              class="icon swap"
              aria-label={words.swap(place)}
              title={words.swap(place)}
              onClick={() => drawing.put(swapped(state.items, place, place + 1))}
            >
              ⇄
            </button>
          )}
        </fieldset>
      ))}
    </div>
  )
}

interface LabelProps {
  readonly view: View
  readonly place: number
  readonly put: (place: number, item: Item) => void
  readonly examples: () => Promise<Examples>
}

function LabelSelect({ view, place, put, examples }: LabelProps) {
  const { state, dataset, results } = view
  const item = state.items[place]!
  const read = results.verdict?.labels[place] ?? null
  const current =
    item.label !== null
      ? dataset.classes[item.label]!
      : isEmpty(item)
        ? words.empty
        : read === null
          ? words.unread
          : words.isRead(dataset.classes[read]!)
  async function choose(value: string) {
    const [what, text] = value.split(' ')
    const label = Number(text)
    if (what === 'read') put(place, { ...item, label: null, source: 'network' })
    if (what === 'tell') put(place, { ...item, label, source: 'user' })
    if (what === 'take') {
      const all = await examples()
      const found = nextOf(all, label, item)
      if (found !== null) put(place, { pixels: exampleItem(all, found), label, source: 'example' })
    }
  }
  return (
    <select
      class="label"
      aria-label={words.say(place)}
      value="current"
      onChange={({ currentTarget }) => {
        void choose(currentTarget.value)
        currentTarget.value = 'current'
      }}
    >
      <option value="current">{current}</option>
      <optgroup label={words.take}>
        {dataset.classes.map((name, k) => (
          <option key={name} value={`take ${k}`}>
            {name}
          </option>
        ))}
      </optgroup>
      {!isEmpty(item) && (
        <>
          <optgroup label={words.tell}>
            {dataset.classes.map((name, k) => (
              <option key={name} value={`tell ${k}`}>
                {name}
              </option>
            ))}
          </optgroup>
          <option value="read">{words.read}</option>
        </>
      )}
    </select>
  )
}

/** The next test image of a class after the one that is there; null where there is none. */
function nextOf(examples: Examples, label: number, { pixels }: Item): number | null {
  const places = [...examples.labels.keys()].filter((place) => examples.labels[place] === label)
  const shown = places.findIndex((place) =>
    exampleItem(examples, place).every((value, i) => value === pixels[i]),
  )
  return places[(shown + 1) % places.length] ?? null
}
