import { enLogs } from './en-logs.ts'
import { frLogs } from './fr-logs.ts'
import { extendMessages, type MessageKey, type Speaker } from './message.ts'

/** The name of a sentence that the logs may say. */
export type LogMessageKey = MessageKey | keyof typeof enLogs

/** Says the sentences about logs, and those of every page. */
export const { say, sayCount }: Speaker<LogMessageKey> = extendMessages({
  en: enLogs,
  fr: frLogs,
})
