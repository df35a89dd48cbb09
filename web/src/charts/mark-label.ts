import { sayCount } from '../messages/charts.ts'
import { clockText } from '../units/clock.ts'
import type { ChartEvent } from './chart-event.ts'

/** The name of the mark at the pointer. */
export interface MarkLabel {
  readonly show: (events: readonly ChartEvent[], leftPx: number) => void
  readonly hide: () => void
}

/** Puts a label into the element over a chart, which shows nothing yet. Screen readers have the events from the summary. */
export function openMarkLabel(over: HTMLElement): MarkLabel {
  const label = document.createElement('span')
  label.className = 'chart-mark'
  label.setAttribute('aria-hidden', 'true')
  label.hidden = true
  over.append(label)
  const hide = (): void => {
    label.hidden = true
  }
  return {
    hide,
    show(events, leftPx) {
      const [first] = events
      if (first === undefined) {
        hide()
        return
      }
      label.dataset['state'] = first.state
      label.textContent = eventText(events)
      label.hidden = false
      const isLeft = leftPx > over.clientWidth / 2
      label.style.insetInlineStart = isLeft ? 'auto' : `${leftPx + 8}px`
      label.style.insetInlineEnd = isLeft ? `${over.clientWidth - leftPx + 8}px` : 'auto'
      label.style.maxWidth = `${Math.max(leftPx, over.clientWidth - leftPx) - 12}px`
    },
  }
}

/** When the gravest of some events was and what, and how many others there are; empty for none. */
export function eventText(events: readonly ChartEvent[]): string {
  const [first, ...others] = events
  if (first === undefined) return ''
  const text = `${clockText(first.timeMs)} ${first.title}`
  return others.length === 0 ? text : sayCount('marks.more', others.length, { event: text })
}
