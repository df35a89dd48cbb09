import { enLogs } from './en-logs.ts'
import { enSearch } from './en-search.ts'
import { frLogs } from './fr-logs.ts'
import { frSearch } from './fr-search.ts'
import { extendMessages, type MessageKey, type Speaker } from './message.ts'

/** The name of a sentence that the logs may say. */
export type LogMessageKey = MessageKey | keyof typeof enLogs | keyof typeof enSearch

/** Says the sentences about logs, about searches, and those of every page. */
export const { say, sayCount }: Speaker<LogMessageKey> = extendMessages({
  en: { ...enSearch, ...enLogs },
  fr: { ...frSearch, ...frLogs },
})
