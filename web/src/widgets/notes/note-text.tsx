import { useMemo, type ReactElement } from 'react'

import type { Block, Inline } from './note.ts'
import { parseNote } from './parse-note.ts'

/** By level. */
const headings = [undefined, undefined, 'h2', 'h3', 'h4', 'h5'] as const

/** Headings begin below that of the page, or of the widget. */
type TopLevel = 2 | 3

/** A note in a small part of Markdown. All of it becomes elements of ours: HTML in it is shown as text. */
export function NoteText(props: {
  readonly text: string
  readonly topLevel: TopLevel
}): ReactElement {
  const { text, topLevel } = props
  const blocks = useMemo(() => parseNote(text), [text])
  return (
    <div className="note-text">
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} topLevel={topLevel} />
      ))}
    </div>
  )
}

function BlockView(props: { readonly block: Block; readonly topLevel: TopLevel }): ReactElement {
  const { block, topLevel } = props
  switch (block.kind) {
    case 'heading': {
      const Heading = headings[topLevel + block.level - 1] ?? 'h5'
      return (
        <Heading data-level={block.level}>
          <Inlines of={block.of} />
        </Heading>
      )
    }
    case 'paragraph':
      return (
        <p>
          <Inlines of={block.of} />
        </p>
      )
    case 'list': {
      const List = block.isNumbered ? 'ol' : 'ul'
      return (
        <List>
          {block.items.map((item, index) => (
            <li key={index}>
              <Inlines of={item} />
            </li>
          ))}
        </List>
      )
    }
    case 'code':
      return <pre>{block.text}</pre>
    case 'rule':
      return <hr />
  }
}

function Inlines({ of }: { readonly of: readonly Inline[] }): ReactElement {
  return (
    <>
      {of.map((inline, index) => (
        <InlineView key={index} inline={inline} />
      ))}
    </>
  )
}

function InlineView({ inline }: { readonly inline: Inline }): ReactElement {
  switch (inline.kind) {
    case 'text':
      return <>{inline.text}</>
    case 'code':
      return <code>{inline.text}</code>
    case 'strong':
      return (
        <strong>
          <Inlines of={inline.of} />
        </strong>
      )
    case 'emphasis':
      return (
        <em>
          <Inlines of={inline.of} />
        </em>
      )
    case 'link':
      return (
        <a href={inline.address} target="_blank" rel="noopener noreferrer">
          <Inlines of={inline.of} />
        </a>
      )
  }
}
