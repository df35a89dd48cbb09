import { useId, useState, type FormEvent, type ReactElement } from 'react'

import type { Span } from '../data/history.ts'
import { Dialog } from '../elements/dialog.tsx'
import { say } from '../messages/range.ts'
import { durationText } from '../units/duration.ts'
import { toLocalFields, zoneAt, type LocalFields } from './local-fields.ts'
import { parseSpan, readSpan, type ParsedSpan, type SpanFault } from './parse-span.ts'
import { spanText } from './span-text.ts'

/** Any span of time: in words, or by date and time of its ends. What is wrong is said while one writes. */
export function CustomRange(props: {
  /** What is shown now. */
  readonly span: Span
  readonly nowMs: number
  readonly onSpan: (span: Span) => void
  readonly onClose: () => void
}): ReactElement {
  const { span, nowMs, onSpan, onClose } = props
  const [words, setWords] = useState('')
  const [from, setFrom] = useState(() => toLocalFields(span.fromS * 1000))
  const [to, setTo] = useState(() => toLocalFields(span.toS * 1000))
  const aboutId = useId()
  const inWords = words.trim() === '' ? undefined : parseSpan(words, nowMs)
  const parsed = inWords ?? readFields(from, to, nowMs)
  function write(text: string): void {
    setWords(text)
    const read = text.trim() === '' ? undefined : parseSpan(text, nowMs)
    if (read?.kind !== 'span') return
    setFrom(toLocalFields(read.span.fromS * 1000))
    setTo(toLocalFields(read.span.toS * 1000))
  }
  return (
    <Dialog title={say('customRange.title')} onClose={onClose}>
      {(close) => (
        <form
          className="mt-3 grid gap-4"
          noValidate
          onSubmit={(event: FormEvent) => {
            event.preventDefault()
            if (parsed.kind !== 'span') return
            onSpan(parsed.span)
            close()
          }}
        >
          <label className="field" data-tone="warning">
            {say('customRange.quick')}
            <input
              // The dialog is there to be written into.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              value={words}
              placeholder={say('customRange.quickHint')}
              autoComplete="off"
              spellCheck={false}
              aria-invalid={inWords?.kind === 'fault'}
              aria-describedby={aboutId}
              onChange={(event) => write(event.target.value)}
            />
            <small>{say('customRange.quickAbout')}</small>
          </label>
          <div className="grid gap-4 sm:grid-cols-2">
            <End
              end="from"
              fields={from}
              onFields={(fields) => {
                setFrom(fields)
                setWords('')
              }}
            />
            <End
              end="to"
              fields={to}
              onFields={(fields) => {
                setTo(fields)
                setWords('')
              }}
            />
          </div>
          <Outcome id={aboutId} parsed={parsed} />
          <p className="text-faint">{say('customRange.zone', zoneAt(span.toS * 1000))}</p>
          <button
            type="submit"
            className="main-action justify-self-end"
            disabled={parsed.kind === 'fault'}
          >
            {say('customRange.show')}
          </button>
        </form>
      )}
    </Dialog>
  )
}

/** The fields of one end of the span. */
function End(props: {
  readonly end: 'from' | 'to'
  readonly fields: LocalFields
  readonly onFields: (fields: LocalFields) => void
}): ReactElement {
  const { end, fields, onFields } = props
  return (
    <fieldset className="grid grid-cols-2 gap-2">
      <legend className="mb-1">{say(`customRange.${end}`)}</legend>
      <div className="field">
        <input
          type="date"
          aria-label={say(`customRange.${end}Date`)}
          value={fields.date}
          onChange={(event) => onFields({ ...fields, date: event.target.value })}
        />
      </div>
      <div className="field">
        <input
          type="time"
          step={1}
          aria-label={say(`customRange.${end}Time`)}
          value={fields.time}
          onChange={(event) => onFields({ ...fields, time: event.target.value })}
        />
      </div>
    </fieldset>
  )
}

/** What will be shown, or why nothing can be. */
function Outcome(props: { readonly id: string; readonly parsed: ParsedSpan }): ReactElement {
  const { id, parsed } = props
  if (parsed.kind === 'fault') {
    return (
      <p id={id} role="status" data-tone="warning" className="text-(--tone)">
        {faultText(parsed.fault)}
      </p>
    )
  }
  const { fromS, toS } = parsed.span
  return (
    <p id={id} role="status" className="text-soft">
      {say('customRange.shows', {
        span: spanText(parsed.span),
        length: durationText((toS - fromS) * 1000),
      })}
    </p>
  )
}

/** A field of the browser that is not filled in whole is empty. */
function readFields(from: LocalFields, to: LocalFields, nowMs: number): ParsedSpan {
  const ends = [from, to].map(({ date, time }) =>
    date === '' || time === '' ? '' : `${date} ${time}`,
  )
  return readSpan(ends[0] ?? '', ends[1], nowMs)
}

function faultText(fault: SpanFault): string {
  if (fault.kind !== 'unreadable') return say(`customRange.${fault.kind}`)
  if (fault.text === '') return say('customRange.unwritten')
  return say('customRange.unreadable', { text: fault.text })
}
