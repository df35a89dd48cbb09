import { enContainer } from './en-container.ts'
import { frContainer } from './fr-container.ts'
import { extendMessages, type MessageKey, type Speaker } from './message.ts'

/** The name of a sentence that the page of a container may say. */
export type ContainerMessageKey = MessageKey | keyof typeof enContainer

/** Says the sentences about one container, and those of every page. */
export const { say, sayCount }: Speaker<ContainerMessageKey> = extendMessages({
  en: enContainer,
  fr: frContainer,
})
