import type { View } from '../context.js'
import { save } from '../export/save.js'
import { strings } from '../strings/index.js'

const { actions: words } = strings
const FORMS = ['svg', 'png', 'csv'] as const

/** Saves what is seen as a picture or as a table; nothing is fetched for it. */
export function SaveButtons({ view }: { view: View }) {
  return (
    <fieldset class="save">
      <legend>{words.save}</legend>
      {FORMS.map((form) => (
        <button key={form} type="button" onClick={() => void save(view, form)}>
          {words[form]}
        </button>
      ))}
    </fieldset>
  )
}
