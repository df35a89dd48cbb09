import { useMemo, type ReactElement } from 'react'

import type { LogRow } from '../../../src/api/contract/logs.ts'
import { addressOf } from '../data/search.ts'
import { CopyButton } from '../elements/copy-button.tsx'
import { InnerLink } from '../elements/inner-link.tsx'
import { say } from '../messages/logs.ts'
import { dateTimeText } from '../units/clock.ts'
import { attributeKey } from '../searches/edit-query.ts'
import type { ChooseValue } from '../searches/facet-list.tsx'
import { FieldRow, tagFields, type Field } from '../searches/field-row.tsx'
import { plainText } from './terminal-text.ts'

/** What can be done from an open line. */
export interface DetailActions {
  readonly onChoose: ChooseValue
  /** Shows a line among its neighbours; absent where it is. */
  readonly onContext?: (id: string) => void
}

/** All that is known of a line, each part ready to be searched for, left out or copied. */
export function LogDetails(props: {
  readonly row: LogRow
  readonly actions: DetailActions
}): ReactElement {
  const { row, actions } = props
  const json = useMemo(() => prettyJson(row.message), [row])
  const address = addressOf('/logs', { line: row.id })
  return (
    <div className="log-details">
      <div className="flex flex-wrap items-center gap-2">
        {actions.onContext && (
          <button type="button" className="control" onClick={() => actions.onContext?.(row.id)}>
            {say('logs.inContext')}
          </button>
        )}
        <CopyButton text={plainText(row.message)} label={say('logs.copyMessage')} />
        <CopyButton text={location.origin + address} label={say('logs.copyLink')} />
      </div>
      <dl className="fields">
        <div className="col-span-full">
          <dt>{say('logs.field.time')}</dt>
          <dd>
            <span>
              {dateTimeText(row.time)} <span className="text-faint">{exactTime(row)}</span>
            </span>
            <CopyButton text={exactTime(row)} />
          </dd>
        </div>
        {fieldsOf(row).map((field) => (
          <FieldRow key={`${field.key} ${field.value}`} field={field} onChoose={actions.onChoose} />
        ))}
      </dl>
      {json !== undefined && <pre className="log-json">{json}</pre>}
    </div>
  )
}

function fieldsOf(row: LogRow): readonly Field[] {
  const { containerId, containerName, host, image, service, source, stream, level } = row
  const container = (
    <InnerLink href={addressOf(`/containers/${containerId}`)} className="underline">
      {containerName || containerId.slice(0, 12)}
    </InnerLink>
  )
  const known: readonly Field[] = [
    { key: 'level', label: say('logs.field.level'), value: level },
    {
      key: 'container',
      label: say('logs.field.container'),
      value: containerName,
      ...(containerId !== '' && { shown: container }),
    },
    { key: 'host', label: say('logs.field.host'), value: host },
    { key: 'image', label: say('logs.field.image'), value: image },
    { key: 'service', label: say('logs.field.service'), value: service },
    { key: 'source', label: say('logs.field.source'), value: source },
    { key: 'stream', label: say('logs.field.stream'), value: stream },
  ]
  const attributes = Object.entries(row.attributes).map(([name, value]) => {
    return { key: attributeKey(name), label: `@${name}`, value }
  })
  const others = tagFields(row.tags, known)
  return [...known, ...attributes, ...others].filter(({ value }) => value !== '')
}

/** The time to the nanosecond, in UTC: `2026-01-02T03:04:05.006000789Z`. */
function exactTime({ time, timeNanos }: LogRow): string {
  return new Date(time).toISOString().replace('Z', `${String(timeNanos).padStart(6, '0')}Z`)
}

/** A message that is a JSON object or list, set out on lines. */
function prettyJson(message: string): string | undefined {
  if (!/^\s*[[{]/.test(message)) return undefined
  try {
    return JSON.stringify(JSON.parse(message), undefined, 2)
  } catch {
    return undefined
  }
}
