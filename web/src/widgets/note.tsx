import type { ReactElement } from 'react'

import type { Widget } from '../../../src/api/contract/dashboards.ts'
import { NoteText } from './notes/note-text.tsx'

type NoteWidget = Extract<Widget, { readonly type: 'note' | 'free_text' }>

const smallestPx = 12
const largestPx = 96

/** Words of who made the dashboard: a note in Markdown, or a text as it is. */
export function NoteView(props: {
  readonly widget: NoteWidget
  /** Whether its title stands above it. */
  readonly hasTitle: boolean
}): ReactElement {
  const { widget, hasTitle } = props
  const { type, text, align, size, title } = widget
  const fontSize = Math.min(largestPx, Math.max(smallestPx, size))
  return (
    <div
      className="widget-scroll widget-words-of"
      style={{ textAlign: align, fontSize }}
      tabIndex={0}
      role="group"
      aria-label={title}
    >
      {type === 'note' ? <NoteText text={text} topLevel={hasTitle ? 3 : 2} /> : <p>{text}</p>}
    </div>
  )
}
