import { useMemo, useRef, useState } from 'preact/hooks'
import type { View } from '../context.js'
import { inkImage } from '../paint/raster.js'
import { type Pen, type Point, stroked } from '../state/items.js'
import type { Drawing } from '../state/use-items.js'
import { strings } from '../strings/index.js'
import { Pixels } from './canvas.js'

const { drawing: words } = strings

interface BoardProps {
  readonly view: View
  readonly drawing: Drawing
  readonly pen: Pen
  readonly onEraser: () => void
  readonly onPicture: (file: Blob, item: number) => void
  readonly label: string
}

/** What is drawn on, by pointer or by keyboard; pictures can be dropped on it. */
export function Board({ view, drawing, pen, onEraser, onPicture, label }: BoardProps) {
  const { dataset, state, theme } = view
  const { rows, columns, problem } = dataset
  const width = columns * problem.items
  const last = useRef<Point | null>(null)
  const items = useRef(state.items)
  items.current = state.items
  const image = useMemo(() => inkImage(view.drawing, theme), [view.drawing, theme])
  const keys = useKeyboardPen(view, drawing, pen, onEraser)
  const [isOver, setOver] = useState(false)

  // Asked once a stroke: asking after every change would lay out the page each time.
  const box = useRef<DOMRect | null>(null)
  const at = ({ clientX, clientY }: PointerEvent | DragEvent): Point => ({
    x: ((clientX - box.current!.left) / box.current!.width) * width,
    y: ((clientY - box.current!.top) / box.current!.height) * rows,
  })
  const draw = (to: Point) => {
    items.current = stroked(items.current, dataset, last.current ?? to, to, pen)
    last.current = to
    drawing.go(items.current)
  }
  return (
    <div
      class={`board ${isOver ? 'over' : ''}`}
      role="application"
      aria-label={`${words.canvas}. ${label}`}
      aria-describedby="board-help"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is drawn on by keyboard
      tabIndex={0}
      onKeyDown={keys.onKeyDown}
      onBlur={keys.hide}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        box.current = event.currentTarget.getBoundingClientRect()
        keys.hide()
        drawing.begin()
        draw(at(event))
      }}
      onPointerMove={(event) => {
        if (last.current === null) return
        for (const one of event.getCoalescedEvents?.() ?? []) draw(at(one))
        draw(at(event))
      }}
      onPointerUp={() => {
        last.current = null
      }}
      onPointerCancel={() => {
        last.current = null
      }}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        box.current = event.currentTarget.getBoundingClientRect()
        const file = event.dataTransfer?.files[0]
        if (file) onPicture(file, Math.min(problem.items - 1, Math.floor(at(event).x / columns)))
      }}
    >
      <Pixels image={image} />
      <svg viewBox={`0 0 ${width} ${rows}`} aria-hidden="true">
        {Array.from({ length: problem.items - 1 }, (_, k) => (
          <path key={`item ${k + 1}`} class="between" d={`M${(k + 1) * columns} 0v${rows}`} />
        ))}
        {keys.cursor && (
          <circle
            class={`cursor ${keys.isDown ? 'down' : ''}`}
            cx={keys.cursor.x + 0.5}
            cy={keys.cursor.y + 0.5}
            r={pen.radius + 0.7}
          />
        )}
      </svg>
      <span class="hidden" aria-live="polite">
        {keys.cursor && words.penAt(keys.cursor.x, keys.cursor.y, keys.isDown)}
      </span>
    </div>
  )
}

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

const FAR = 4

function useKeyboardPen({ dataset, state }: View, drawing: Drawing, pen: Pen, onEraser: () => void) {
  const [cursor, setCursor] = useState<Point | null>(null)
  const [isDown, setDown] = useState(false)
  const right = dataset.columns * dataset.problem.items - 1
  const dotAt = (from: Point, to: Point) => {
    const middle = ({ x, y }: Point) => ({ x: x + 0.5, y: y + 0.5 })
    drawing.put(stroked(state.items, dataset, middle(from), middle(to), pen))
  }
  const hide = () => {
    setCursor(null)
    setDown(false)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const from = cursor ?? { x: 7, y: 7 }
    const arrow = ARROWS[event.key]
    if (arrow !== undefined) {
      const by = event.shiftKey ? FAR : 1
      const to = {
        x: Math.min(right, Math.max(0, from.x + by * arrow.x)),
        y: Math.min(dataset.rows - 1, Math.max(0, from.y + by * arrow.y)),
      }
      setCursor(to)
      if (isDown) dotAt(from, to)
    } else if (event.key === ' ') {
      setCursor(from)
      dotAt(from, from)
    } else if (event.key === 'Enter') {
      setCursor(from)
      setDown(!isDown)
    } else if (event.key.toLowerCase() === 'e') onEraser()
    else return
    event.preventDefault()
  }
  return { cursor, isDown, onKeyDown, hide }
}
