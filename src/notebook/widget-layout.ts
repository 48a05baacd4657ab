import { controlKind, createWidget, layoutKind, styleKind, type Widget, type WidgetState } from './widget.js'

/** The classes by which a page's style sheet and script know a box. */
type Classes = readonly string[]

/** Widgets side by side, in as many lines as they need, or one below the other. */
export function box(
  children: readonly Widget[],
  direction: 'row wrap' | 'column',
  classes: Classes = [],
): Widget {
  const layout = createWidget(layoutKind, {
    display: 'flex',
    flex_flow: direction,
    align_items: direction === 'column' ? 'stretch' : 'center',
    grid_gap: direction === 'column' ? '2px' : '2px 16px',
    overflow: 'visible',
  })
  return holding('Box', children, layout, classes)
}

/** Widgets that stay together in one line. */
export function row(children: readonly Widget[], classes: Classes = []): Widget {
  const layout = createWidget(layoutKind, { display: 'flex', align_items: 'center', overflow: 'visible' })
  return holding('HBox', children, layout, classes)
}

const holding = (kind: string, children: readonly Widget[], layout: Widget, classes: Classes): Widget =>
  createWidget(controlKind(kind), {
    children: children.map(({ reference }) => reference),
    layout: layout.reference,
    _dom_classes: classes,
  })

/** The layout of a widget of a width. */
export const sized = (width: string): WidgetState => ({
  layout: createWidget(layoutKind, { width, margin: '2px' }).reference,
})

/** A label that takes the room it needs. */
export const described = (description: string): WidgetState => ({
  description,
  style: createWidget(styleKind('DescriptionStyle'), { description_width: 'initial' }).reference,
})
