import { enDashboards } from './en-dashboards.ts'
import { frDashboards } from './fr-dashboards.ts'
import { extendMessages, type MessageKey, type Speaker } from './message.ts'

/** Says the sentences about dashboards, and those of every page. */
export const { say, sayCount }: Speaker<MessageKey | keyof typeof enDashboards> = extendMessages({
  en: enDashboards,
  fr: frDashboards,
})
