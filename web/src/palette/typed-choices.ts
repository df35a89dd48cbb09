import type { Span } from '../data/history.ts'
import { CalendarIcon, LogsIcon } from '../elements/icon.tsx'
import { say } from '../messages/palette.ts'
import { parseSpan } from '../ranges/parse-span.ts'
import { spanText } from '../ranges/span-text.ts'
import { makeChoice, type Choice } from './choice.ts'
import type { GoTo } from './place-choices.ts'

/** What the typed text itself may stand for: a time, where the page has a range, and something to search the logs for. */
export function typedChoices(
  typed: string,
  options: {
    readonly nowMs: number
    /** Shows a span on the page; absent where it has no time range. */
    readonly zoom: ((span: Span) => void) | undefined
    readonly goTo: GoTo
  },
): readonly Choice[] {
  const text = typed.trim()
  if (text === '') return []
  const { nowMs, zoom, goTo } = options
  const parsed = zoom && parseSpan(text, nowMs)
  const time =
    zoom && parsed?.kind === 'span'
      ? [
          makeChoice({
            id: 'time',
            section: 'time',
            text: say('palette.showSpan', { span: spanText(parsed.span) }),
            icon: CalendarIcon,
            alsoFoundBy: [text],
            run: () => zoom(parsed.span),
          }),
        ]
      : []
  return [
    ...time,
    makeChoice({
      id: 'logs',
      section: 'logs',
      text: say('palette.searchLogs', { text }),
      detail: '⇧ ↵',
      icon: LogsIcon,
      isAlways: true,
      run: () => searchLogs(text, goTo),
    }),
  ]
}

/** Looks for a text in the logs, word for word where it has signs that the search would understand otherwise. */
export function searchLogs(text: string, goTo: GoTo): void {
  const isPlain = /^[\p{L}\p{N}_.\s-]+$/u.test(text) && !/(^|\s)-/.test(text)
  const quoted = `"${text.replaceAll('"', String.raw`\"`)}"`
  goTo('/logs', { q: isPlain ? text : quoted })
}
