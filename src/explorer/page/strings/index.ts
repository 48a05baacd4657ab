import { en, type Strings } from './en.js'

export type { Strings } from './en.js'

/** The languages that there are: another one is a file like `en.ts` and a line here. */
const languages: Readonly<Record<string, Strings>> = { en }

/** What the page says, in the first language of the reader that there is; English elsewhere. */
export const strings: Strings =
  [...(globalThis.navigator?.languages ?? [])]
    .map((language) => languages[language.split('-')[0]!])
    .find((known) => known !== undefined) ?? en
