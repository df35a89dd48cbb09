import { enSearch } from './en-search.ts'
import { frSearch } from './fr-search.ts'
import { extendMessages, type MessageKey, type Speaker } from './message.ts'

/** Says the sentences about searches, and those of every page. */
export const { say }: Speaker<MessageKey | keyof typeof enSearch> = extendMessages({
  en: enSearch,
  fr: frSearch,
})
