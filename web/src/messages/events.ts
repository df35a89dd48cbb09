import { enEvents } from './en-events.ts'
import { enSearch } from './en-search.ts'
import { frEvents } from './fr-events.ts'
import { frSearch } from './fr-search.ts'
import { extendMessages, type MessageKey, type Speaker } from './message.ts'

/** Says the sentences about what happens, about searches, and those of every page. */
export const {
  say,
  sayCount,
}: Speaker<MessageKey | keyof typeof enEvents | keyof typeof enSearch> = extendMessages({
  en: { ...enSearch, ...enEvents },
  fr: { ...frSearch, ...frEvents },
})
