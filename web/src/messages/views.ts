import { enViews } from './en-views.ts'
import { extendMessages, type MessageKey, type Speaker } from './message.ts'
import { frViews } from './fr-views.ts'

/** Says the sentences about saved views, and those of every page. */
export const { say }: Speaker<MessageKey | keyof typeof enViews> = extendMessages({
  en: enViews,
  fr: frViews,
})
