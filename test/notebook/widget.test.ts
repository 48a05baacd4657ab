import { afterEach, beforeEach, expect, test } from 'vitest'
import { controlKind, createWidget, styleKind, widgetView } from '../../src/notebook/widget.js'
import { type FakeComms, startFakeComms } from './fake-comms.js'

let comms: FakeComms
beforeEach(() => {
  comms = startFakeComms()
})
afterEach(() => comms.stop())

const dropdown = (events = {}) => createWidget(controlKind('Dropdown'), { index: 0 }, events)

test('a widget opens a comm that names its classes and the protocol', () => {
  const widget = dropdown()
  const { target, metadata, data } = comms.open[0]!.options
  expect(target).toBe('jupyter.widget')
  expect(metadata).toEqual({ version: '2.1.0' })
  expect(data).toEqual({
    buffer_paths: [],
    state: {
      _model_module: '@jupyter-widgets/controls',
      _model_module_version: '2.0.0',
      _model_name: 'DropdownModel',
      _view_module: '@jupyter-widgets/controls',
      _view_module_version: '2.0.0',
      _view_name: 'DropdownView',
      _view_count: null,
      index: 0,
    },
  })
  expect(widget.reference).toBe(`IPY_MODEL_${comms.open[0]!.id}`)
  expect(widgetView(widget)).toEqual({ version_major: 2, version_minor: 0, model_id: comms.open[0]!.id })
})

test('a style has its model among the controls and the view of all styles', () => {
  createWidget(styleKind('DescriptionStyle'), {})
  expect(comms.open[0]!.state()).toMatchObject({
    _model_module: '@jupyter-widgets/controls',
    _model_name: 'DescriptionStyleModel',
    _view_module: '@jupyter-widgets/base',
    _view_name: 'StyleView',
  })
})

test('what the browser changes is told and not sent back', () => {
  const changes: unknown[] = []
  const widget = dropdown({ onChange: (changed: unknown) => changes.push(changed) })
  comms.open[0]!.receive({ method: 'update', state: { index: 2 }, buffer_paths: [] })
  expect(changes).toEqual([{ index: 2 }])
  widget.set({ index: 2 })
  expect(comms.open[0]!.sent).toEqual([])
})

test('what the kernel changes is sent, once and without the rest', () => {
  const widget = createWidget(controlKind('Dropdown'), { index: 0, _options_labels: ['a', 'b'] })
  widget.set({ index: 1, _options_labels: ['a', 'b'] })
  widget.set({ index: 1 })
  expect(comms.open[0]!.sent).toEqual([{ method: 'update', state: { index: 1 }, buffer_paths: [] }])
})

test('a browser that asks for the state gets all of it in one answer, with what changes on that occasion', () => {
  dropdown({ onRequest: () => ({ description: 'asked' }) })
  comms.open[0]!.receive({ method: 'update', state: { index: 3 } })
  comms.open[0]!.receive({ method: 'request_state' })
  expect(comms.open[0]!.sent).toMatchObject([
    { method: 'update', state: { _model_name: 'DropdownModel', index: 3, description: 'asked' } },
  ])
})

test('a click is an event, and messages of unknown kinds are nothing', () => {
  const events: unknown[] = []
  dropdown({ onEvent: (content: unknown) => events.push(content) })
  const [comm] = comms.open
  comm!.receive({ method: 'custom', content: { event: 'click' } })
  comm!.receive({ method: 'custom' })
  comm!.receive({ method: 'update' })
  comm!.receive({})
  expect(events).toEqual([{ event: 'click' }])
})

test('outside the kernel a widget has a state, and nothing happens', () => {
  comms.stop()
  const widget = dropdown()
  widget.set({ index: 1 })
  expect(widget.state.index).toBe(1)
  expect(widget.id).toBe('')
})
