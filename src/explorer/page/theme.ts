import { useEffect, useState } from 'preact/hooks'
import type { Theme } from './paint/colors.js'

/** What the reader chose: a theme, or that of their system. */
export type ChosenTheme = Theme | 'system'

const KEY = 'explorer-theme'

/** The theme that is shown, which follows the system unless another was chosen. */
export function useTheme() {
  const [chosen, setChosen] = useState<ChosenTheme>(() => kept())
  const [isDark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches)
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)')
    const look = () => setDark(query.matches)
    query.addEventListener('change', look)
    return () => query.removeEventListener('change', look)
  }, [])
  const theme: Theme = chosen === 'system' ? (isDark ? 'dark' : 'light') : chosen
  useEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
  return {
    theme,
    chosen,
    choose(wanted: ChosenTheme) {
      setChosen(wanted)
      try {
        localStorage.setItem(KEY, wanted)
      } catch {
        // Where nothing may be kept, the choice holds until the page is left.
      }
    },
  }
}

function kept(): ChosenTheme {
  try {
    const found = localStorage.getItem(KEY)
    return found === 'light' || found === 'dark' ? found : 'system'
  } catch {
    return 'system'
  }
}
