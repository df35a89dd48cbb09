import { enRange } from './en-range.ts'
import { frRange } from './fr-range.ts'
import { extendMessages, type MessageKey, type Speaker } from './message.ts'

/** Says the sentences about choosing a time range, and those of every page. */
export const { say }: Speaker<MessageKey | keyof typeof enRange> = extendMessages({
  en: enRange,
  fr: frRange,
})
