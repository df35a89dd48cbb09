import { enKeys } from './en-keys.ts'
import { frKeys } from './fr-keys.ts'
import { extendMessages, type MessageKey, type Speaker } from './message.ts'

/** The name of a sentence that the list of keys may say. */
export type KeysMessageKey = MessageKey | keyof typeof enKeys

/** Says the sentences of the list of keys, and those of every page. */
export const { say }: Speaker<KeysMessageKey> = extendMessages({ en: enKeys, fr: frKeys })
