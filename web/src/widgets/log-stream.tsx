import type { ReactElement } from 'react'

import type { Widget } from '../../../src/api/contract/dashboards.ts'
import type { LogList, LogRow } from '../../../src/api/contract/logs.ts'
import { fetchJson } from '../data/request.ts'
import { addressOf } from '../data/search.ts'
import { InnerLink } from '../elements/inner-link.tsx'
import { nameColour } from '../logs/container-colour.ts'
import { foldMessage } from '../logs/fold-message.ts'
import { bandOf } from '../logs/level-band.ts'
import { nameOf } from '../logs/log-row.tsx'
import { MessageText } from '../logs/message-text.tsx'
import { say } from '../messages/dashboards.ts'
import { clockText, dateTimeText } from '../units/clock.ts'
import { AnswerView } from './answer-view.tsx'
import { useBoard } from './board-context.ts'
import { boardSearch } from './board-query.ts'
import { substituteSearch } from './substitute.ts'
import { useWidgetAnswer } from './use-widget-answer.ts'

type LogStreamWidget = Extract<Widget, { readonly type: 'log_stream' }>

const mostLines = 100

/** Lines of logs, the newest first; each leads to its neighbours on the Logs page. */
export function LogStreamView({ widget }: { readonly widget: LogStreamWidget }): ReactElement {
  const { spanS, title } = widget
  const board = useBoard()
  const query = boardSearch(widget.query, board)
  // The address of the Logs page says the host apart.
  const search = substituteSearch(widget.query, board.choices)
  const answer = useWidgetAnswer({
    key: `logs ${query}`,
    spanS,
    load: async ({ fromS, toS }, signal) => {
      const parameters = new URLSearchParams({
        query,
        from: String(fromS * 1000),
        to: String(toS * 1000),
        limit: String(mostLines),
      })
      return await fetchJson<LogList>(`/api/logs?${parameters}`, signal)
    },
  })
  return (
    <AnswerView of={answer} isEmpty={({ rows }) => rows.length === 0} empty={say('widget.noLines')}>
      {({ answer: { rows } }) => (
        <div className="widget-scroll" tabIndex={0} role="group" aria-label={title}>
          <ul className="stream">
            {rows.map((row) => (
              <Line key={row.id} row={row} />
            ))}
          </ul>
          <p className="widget-note">
            <InnerLink
              href={addressOf('/logs', search === '' ? {} : { q: search })}
              className="underline"
            >
              {say('widget.openLogs')}
            </InnerLink>
          </p>
        </div>
      )}
    </AnswerView>
  )
}

function Line({ row }: { readonly row: LogRow }): ReactElement {
  const name = nameOf(row)
  return (
    <li className="stream-row stream-line" data-band={bandOf(row.level)}>
      <InnerLink href={addressOf('/logs', { line: row.id })} className="hover:underline">
        <time title={dateTimeText(row.time)}>{clockText(row.time)}</time>
      </InnerLink>
      <span className="log-name" data-colour={nameColour(name)} title={name}>
        {name}
      </span>
      <span className="stream-message">
        <MessageText message={foldMessage(row.message).text.replaceAll('\n', ' ⏎ ')} />
      </span>
    </li>
  )
}
