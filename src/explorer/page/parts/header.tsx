import { useState } from 'preact/hooks'
import type { View } from '../context.js'
import { linkOf } from '../state/link.js'
import { strings } from '../strings/index.js'
import type { ChosenTheme } from '../theme.js'
import { Select } from './choices.js'
import { SaveButtons } from './save-buttons.js'

const { actions: words, page } = strings
const THEMES: readonly ChosenTheme[] = ['system', 'light', 'dark']

interface HeaderProps {
  readonly view: View
  readonly theme: ChosenTheme
  readonly onTheme: (theme: ChosenTheme) => void
}

/** The page's title, and what can be done with all of it. */
export function Header({ view, theme, onTheme }: HeaderProps) {
  const { state, change } = view
  const [said, setSaid] = useState('')
  async function copyLink() {
    const address = `${location.href.split('#')[0]}#${linkOf(state)}`
    history.replaceState(null, '', address)
    try {
      await navigator.clipboard.writeText(address)
      setSaid(words.linkCopied)
    } catch {
      setSaid(words.linkShown)
    }
  }
  return (
    <header class="top">
      <div>
        <h1>{page.title}</h1>
        <p class="subtitle">{page.subtitle}</p>
      </div>
      <div class="actions">
        <button
          type="button"
          class="primary"
          aria-pressed={state.station !== null}
          onClick={() => change({ station: state.station === null ? 0 : null })}
        >
          {words.tour}
        </button>
        <button type="button" onClick={() => void copyLink()}>
          {words.link}
        </button>
        <SaveButtons view={view} />
        <Select
          label={words.theme}
          value={theme}
          options={THEMES.map((value) => ({ value, text: words.themes[value] }))}
          onChange={onTheme}
        />
      </div>
      <p class="said" role="status">
        {said}
      </p>
    </header>
  )
}
