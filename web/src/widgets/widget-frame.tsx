import { useRef, type ReactElement } from 'react'

import { FillIcon, UnfillIcon } from '../elements/icon.tsx'
import { say } from '../messages/dashboards.ts'
import { roughDurationText } from '../units/duration.ts'
import { InViewContext } from './board-context.ts'
import { expressionsOf, type SingleWidget } from './expressions-of.ts'
import { useInView } from '../charts/use-in-view.ts'
import { WidgetBody } from './widget-body.tsx'

/** A widget with its title and the button that shows it alone. */
export function WidgetFrame(props: {
  readonly widget: SingleWidget
  /** Whether it is shown alone. */
  readonly isFilling?: boolean
  readonly onFill: () => void
}): ReactElement {
  const { widget, isFilling = false, onFill } = props
  const { id, type, spanS } = widget
  const box = useRef<HTMLElement>(null)
  const isInView = useInView(box)
  const title = nameOf(widget)
  const isWords = type === 'note' || type === 'free_text'
  const hasTitle = !isWords || widget.title !== ''
  const label = isFilling ? say('widget.unfill') : say('widget.fill', { title })
  return (
    <section ref={box} className="widget" aria-label={title} data-widget={id} data-type={type}>
      <div className="widget-head">
        {hasTitle && <h2 title={title}>{title}</h2>}
        {spanS !== undefined && (
          <span className="text-faint">{roughDurationText(spanS * 1000)}</span>
        )}
        <button
          type="button"
          className="widget-fill"
          aria-label={label}
          title={label}
          onClick={onFill}
        >
          {isFilling ? <UnfillIcon /> : <FillIcon />}
        </button>
      </div>
      <div className="widget-body">
        <InViewContext value={isInView}>
          <WidgetBody widget={{ ...widget, title }} hasTitle={hasTitle} />
        </InViewContext>
      </div>
    </section>
  )
}

/** A widget's own title, else its queries, or how its words begin. */
function nameOf(widget: SingleWidget): string {
  const queries = expressionsOf(widget).map(({ alias, text }) => alias || text)
  const words = 'text' in widget ? /[\p{L}\p{N}].{0,59}/u.exec(widget.text)?.[0] : undefined
  return widget.title || queries.join(', ') || words || say('widget.untitled')
}
