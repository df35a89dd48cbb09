import { enLabels } from './en-labels.ts'
import { frLabels } from './fr-labels.ts'
import { extendMessages, type MessageKey, type Speaker } from './message.ts'

/** The name of a sentence that the search among labels may say. */
type LabelsMessageKey = MessageKey | keyof typeof enLabels

/** Says the sentences of the search among labels, and those of every page. */
export const { say, sayCount }: Speaker<LabelsMessageKey> = extendMessages({
  en: enLabels,
  fr: frLabels,
})
