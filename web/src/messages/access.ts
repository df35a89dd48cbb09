import { enAccess } from './en-access.ts'
import { frAccess } from './fr-access.ts'
import { extendMessages, type MessageKey, type Speaker } from './message.ts'

/** The name of a sentence about who is let in. */
export type AccessMessageKey = MessageKey | keyof typeof enAccess

/** Says the sentences about who is let in, and those of every page. */
export const { say, sayCount }: Speaker<AccessMessageKey> = extendMessages({
  en: enAccess,
  fr: frAccess,
})
