import { enPast } from './en-past.ts'
import { frPast } from './fr-past.ts'
import { extendMessages, type MessageKey, type Speaker } from './message.ts'

/** The name of a sentence that the time bar may say. */
export type PastMessageKey = MessageKey | keyof typeof enPast

/** Says the sentences of the time bar, and those of every page. */
export const { say, sayCount }: Speaker<PastMessageKey> = extendMessages({
  en: enPast,
  fr: frPast,
})
