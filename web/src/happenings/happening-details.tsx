import type { ReactElement } from 'react'

import type { HappeningRow } from '../../../src/api/contract/happenings.ts'
import { CopyButton } from '../elements/copy-button.tsx'
import { InnerLink } from '../elements/inner-link.tsx'
import { say } from '../messages/events.ts'
import type { ChooseValue } from '../searches/facet-list.tsx'
import { FieldRow, tagFields, type Field } from '../searches/field-row.tsx'
import { dateTimeText } from '../units/clock.ts'
import { exactDurationText } from '../units/duration.ts'
import { containerAddress, eventAddress, logsAddress, tableAddress } from './event-addresses.ts'
import { exitExplanation } from './event-words.ts'
import { ContainerLink } from './happening-line.tsx'

/** What can be done from an open row. */
export interface DetailActions {
  readonly onChoose: ChooseValue
}

/** All that is known of a happening, each part ready to be searched for, left out or copied, and the ways on from it. */
export function HappeningDetails(props: {
  readonly row: HappeningRow
  readonly actions: DetailActions
}): ReactElement {
  const { row, actions } = props
  const explanation = exitExplanation(row)
  const exactTime = new Date(row.timeMs).toISOString()
  return (
    <div className="happening-details">
      <p className="font-semibold">{row.title}</p>
      {explanation !== '' && <p className="text-soft">{explanation}</p>}
      {row.text !== '' && <pre className="happening-text">{row.text}</pre>}
      <Ways row={row} />
      <dl className="fields">
        <div className="col-span-full">
          <dt>{say('events.field.time')}</dt>
          <dd>
            <span>
              {dateTimeText(row.timeMs)} <span className="text-faint">{exactTime}</span>
            </span>
            <CopyButton text={exactTime} />
          </dd>
        </div>
        {row.ranMs !== null && (
          <div>
            <dt>{say('events.field.ran')}</dt>
            <dd>{exactDurationText(row.ranMs)}</dd>
          </div>
        )}
        {fieldsOf(row).map((field) => (
          <FieldRow key={`${field.key} ${field.value}`} field={field} onChoose={actions.onChoose} />
        ))}
      </dl>
    </div>
  )
}

/** What there was at that moment, and how to keep the event. */
function Ways({ row }: { readonly row: HappeningRow }): ReactElement {
  const [logs, container] = [logsAddress(row), containerAddress(row)]
  return (
    <div className="flex flex-wrap items-center gap-2">
      {logs !== undefined && (
        <InnerLink href={logs} className="control">
          {say('events.logsAround')}
        </InnerLink>
      )}
      {container !== undefined && (
        <InnerLink href={container} className="control">
          {say('events.containerThen')}
        </InnerLink>
      )}
      <InnerLink href={tableAddress(row)} className="control">
        {say('events.allThen')}
      </InnerLink>
      <CopyButton text={[row.title, row.text].join('\n').trim()} label={say('events.copyText')} />
      <CopyButton text={location.origin + eventAddress(row)} label={say('events.copyLink')} />
    </div>
  )
}

function fieldsOf(row: HappeningRow): readonly Field[] {
  const { kind, action, container, host, actor, exitCode, tags } = row
  const known: readonly Field[] = [
    { key: 'kind', label: say('events.field.kind'), value: kind },
    { key: 'action', label: say('events.field.action'), value: action },
    { key: 'actor', label: say('events.field.actor'), value: actor },
    {
      key: 'container',
      label: say('events.field.container'),
      value: container?.name ?? '',
      shown: <ContainerLink row={row} />,
    },
    { key: 'image', label: say('events.field.image'), value: container?.image ?? '' },
    { key: 'host', label: say('events.field.host'), value: host },
    {
      key: 'exit_code',
      label: say('events.field.exitCode'),
      value: exitCode === null ? '' : String(exitCode),
    },
  ]
  return [...known, ...tagFields(tags, known)].filter(({ value }) => value !== '')
}
