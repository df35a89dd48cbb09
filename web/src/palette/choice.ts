import type { ComponentType } from 'react'

import type { Tone } from '../elements/container-state.ts'
import { prepareText, type Searched } from './fuzzy-match.ts'

/** The parts of the list, in the order in which they stand while nothing is typed. */
export const sections = [
  'recent',
  'time',
  'pages',
  'views',
  'dashboards',
  'hosts',
  'actions',
  'containers',
  'metrics',
  'logs',
] as const
export type Section = (typeof sections)[number]

/** What the palette offers: a place to go to or a thing to do. */
export interface Choice {
  /** Tells it from all others, also tomorrow: `container:<name>@<host>`. */
  readonly id: string
  readonly section: Exclude<Section, 'recent'>
  readonly text: string
  /** What stands beside it, less prominent. */
  readonly detail: string
  readonly icon: ComponentType
  /** What it is found by: the text first, then what else people call it. */
  readonly searched: readonly Searched[]
  /** It is found by how this begins too. */
  readonly idDigits?: string
  /** How it does. */
  readonly state?: { readonly tone: Tone; readonly text: string }
  /** It answers whatever is typed. */
  readonly isAlways?: boolean
  readonly run: () => void
  /** What `Alt` with Enter does: the logs of it. */
  readonly runLogs?: () => void
}

/** Declares a choice that is found by its text, its detail and what else it is called. */
export function makeChoice(
  choice: Omit<Choice, 'searched' | 'detail'> & {
    readonly detail?: string
    readonly alsoFoundBy?: readonly string[]
  },
): Choice {
  const { alsoFoundBy = [], ...rest } = choice
  const detail = choice.detail ?? ''
  const texts = [choice.text, ...(detail === '' ? [] : [detail]), ...alsoFoundBy]
  return { ...rest, detail, searched: texts.map(prepareText) }
}
