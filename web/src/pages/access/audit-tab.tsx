import { useState, type ReactElement } from 'react'

import type { AuditEntry, AuditList } from '../../../../src/api/contract/access.ts'
import { useRequest } from '../../data/request.ts'
import { SearchBox } from '../../elements/search-box.tsx'
import { enAccess } from '../../messages/en-access.ts'
import { say, sayCount, type AccessMessageKey } from '../../messages/access.ts'
import { dateTimeText } from '../../units/clock.ts'
import { ListSection } from './list-section.tsx'

/** As many as the server gives. */
const path = '/api/access/audit?limit=1000'
const words = {
  label: say('audit.search'),
  hint: say('audit.search'),
  shortHint: say('audit.search'),
  clear: say('audit.clear'),
}

/** Who signed in and who changed what, the newest first. */
export function AuditTab(): ReactElement {
  const { data, error, refetch } = useRequest<AuditList>(path)
  const [text, setText] = useState('')
  const found = data?.entries.filter((entry) => isFound(entry, text)) ?? []
  return (
    <ListSection
      title={say('access.audit')}
      about={say('audit.about')}
      isLoading={data === undefined && error === null}
      error={error}
      onRetry={() => void refetch()}
    >
      {data?.entries.length === 0 && <p>{say('audit.none')}</p>}
      {data !== undefined && data.entries.length > 0 && (
        <>
          <div className="mb-3 flex flex-wrap items-center gap-3">
            <SearchBox words={words} text={text} onText={setText} />
            <span role="status" className="text-faint">
              {sayCount('audit.shown', found.length)}
            </span>
          </div>
          {found.length === 0 ? <p>{say('audit.noMatch')}</p> : <AuditTable entries={found} />}
        </>
      )}
    </ListSection>
  )
}

function AuditTable({ entries }: AuditList): ReactElement {
  return (
    <table className="list-table" data-flowing>
      <caption className="sr-only">{say('access.audit')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('audit.time')}</th>
          <th scope="col">{say('audit.by')}</th>
          <th scope="col">{say('audit.action')}</th>
          <th scope="col">{say('audit.subject')}</th>
          <th scope="col" data-wide>
            {say('audit.address')}
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry, index) => (
          <tr key={`${entry.time} ${index}`}>
            <td className="whitespace-nowrap">{dateTimeText(entry.time)}</td>
            <th scope="row" className="break-words">
              {entry.by}
            </th>
            <td>{actionText(entry.action)}</td>
            <td className="break-words">{entry.subject}</td>
            <td data-wide>{entry.address}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Whether an entry has all words of a text. */
function isFound(entry: AuditEntry, text: string): boolean {
  const { action, by, subject, address } = entry
  const all = [action, actionText(action), by, subject, address ?? ''].join('\n').toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word))
}

/** What was done in words; what is newer than these pages as the server calls it. */
function actionText(action: string): string {
  const key = `action.${action}`
  return isKey(key) ? say(key) : action
}

function isKey(key: string): key is AccessMessageKey & keyof typeof enAccess {
  return key in enAccess
}
