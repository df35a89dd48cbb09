import { enAddHost } from './en-add-host.ts'
import { frAddHost } from './fr-add-host.ts'
import { extendMessages, type MessageKey, type Speaker } from './message.ts'

/** Says the sentences about adding a host, and those of every page. */
export const { say }: Speaker<MessageKey | keyof typeof enAddHost> = extendMessages({
  en: enAddHost,
  fr: frAddHost,
})
