import { enAgents } from './en-agents.ts'
import { frAgents } from './fr-agents.ts'
import { extendMessages, type MessageKey, type Speaker } from './message.ts'

/** Says the sentences about the server and its agents, and those of every page. */
export const { say, sayCount }: Speaker<MessageKey | keyof typeof enAgents> = extendMessages({
  en: enAgents,
  fr: frAgents,
})
