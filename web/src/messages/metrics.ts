import { enMetrics } from './en-metrics.ts'
import { frMetrics } from './fr-metrics.ts'
import { extendMessages, type MessageKey, type Speaker } from './message.ts'

/** Says the sentences about metrics, and those of every page. */
export const { say, sayCount }: Speaker<MessageKey | keyof typeof enMetrics> = extendMessages({
  en: enMetrics,
  fr: frMetrics,
})
