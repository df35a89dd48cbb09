import { enCharts } from './en-charts.ts'
import { frCharts } from './fr-charts.ts'
import { extendMessages, type MessageKey, type Speaker } from './message.ts'

/** Says the sentences about what charts show, and those of every page. */
export const { say, sayCount }: Speaker<MessageKey | keyof typeof enCharts> = extendMessages({
  en: enCharts,
  fr: frCharts,
})
