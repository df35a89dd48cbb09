import { useState, type ReactElement } from 'react'

import type { KeyList, KeyRow, NewKey } from '../../../../src/api/contract/access.ts'
import { postJson, useRequest } from '../../data/request.ts'
import { say } from '../../messages/access.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { FormDialog } from '../../access/form-dialog.tsx'
import { ListSection } from './list-section.tsx'
import { Secret } from './secret.tsx'
import { When } from './when.tsx'

const path = '/api/access/keys'

/** The keys with which agents send to this server. */
export function KeysTab(): ReactElement {
  const { data, error, refetch } = useRequest<KeyList>(path)
  const [isAdding, setAdding] = useState(false)
  const [revoked, setRevoked] = useState<KeyRow>()
  return (
    <ListSection
      title={say('access.keys')}
      about={say('keys.about')}
      isLoading={data === undefined && error === null}
      error={error}
      onRetry={() => void refetch()}
      actions={
        <button type="button" className="main-action" onClick={() => setAdding(true)}>
          {say('keys.add')}
        </button>
      }
    >
      {data?.keys.length === 0 && <p>{say('keys.none')}</p>}
      {data !== undefined && data.keys.length > 0 && (
        <KeyTable keys={data.keys} onRevoke={setRevoked} />
      )}
      {isAdding && <NewKeyDialog onMade={() => void refetch()} onClose={() => setAdding(false)} />}
      {revoked && (
        <ConfirmDialog
          title={say('keys.revokeTitle', { name: revoked.name })}
          text={say('keys.revokeText')}
          verb={say('access.revoke')}
          act={async () => {
            await postJson<KeyList>(`${path}/${encodeURIComponent(revoked.id)}/revoke`, undefined)
            await refetch()
          }}
          onClose={() => setRevoked(undefined)}
        />
      )}
    </ListSection>
  )
}

function KeyTable(props: {
  readonly keys: readonly KeyRow[]
  readonly onRevoke: (key: KeyRow) => void
}): ReactElement {
  const { keys, onRevoke } = props
  return (
    <table className="list-table">
      <caption className="sr-only">{say('access.keys')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('access.name')}</th>
          <th scope="col" data-wide>
            {say('access.ends')}
          </th>
          <th scope="col" data-wide>
            {say('access.created')}
          </th>
          <th scope="col">{say('access.lastUsed')}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.id}>
            <th scope="row" className="break-all">
              {key.name}
            </th>
            <td data-wide className="font-mono text-xs">
              …{key.end}
            </td>
            <td data-wide>
              <When timeMs={key.createdAt} />{' '}
              {key.createdBy !== null && (
                <span className="text-soft">
                  {say('access.createdBy', { name: key.createdBy })}
                </span>
              )}
            </td>
            <td>
              <When timeMs={key.lastUsedAt} />
            </td>
            <td data-end>
              {key.revocable ? (
                <button
                  type="button"
                  className="underline"
                  aria-label={say('access.revokeOf', { name: key.name })}
                  onClick={() => onRevoke(key)}
                >
                  {say('access.revoke')}
                </button>
              ) : (
                <span className="text-faint" title={say('keys.fixedAbout')}>
                  {say('keys.fixed')}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function NewKeyDialog(props: {
  readonly onMade: () => void
  readonly onClose: () => void
}): ReactElement {
  const { onMade, onClose } = props
  const [made, setMade] = useState<NewKey>()
  return (
    <FormDialog
      title={made ? say('keys.made', { name: made.row.name }) : say('keys.add')}
      verb={say('keys.add')}
      fields={
        <label className="field">
          {say('access.name')}
          <input name="name" required maxLength={100} autoComplete="off" spellCheck={false} />
          <small>{say('keys.nameAbout')}</small>
        </label>
      }
      act={async (field) => {
        setMade(await postJson<NewKey>(path, { name: field('name').trim() }))
        onMade()
      }}
      outcome={made && <Secret what={say('keys.key')} text={made.key} />}
      onClose={onClose}
    />
  )
}
