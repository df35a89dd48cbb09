import { useState, type ReactElement } from 'react'

import type {
  NewToken,
  PersonRow,
  RoleName,
  TokenList,
  TokenRow,
} from '../../../../src/api/contract/access.ts'
import { postJson, useRequest } from '../../data/request.ts'
import { say } from '../../messages/access.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { FormDialog } from '../../access/form-dialog.tsx'
import { ListSection } from './list-section.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import { RoleField, rolesUpTo } from './role-field.tsx'
import { Secret } from './secret.tsx'
import { When } from './when.tsx'

const path = '/api/access/tokens'

/** One's own tokens, and to an admin those of all; here everybody changes their own password too. */
export function TokensTab({ person }: { readonly person: PersonRow }): ReactElement {
  const { data, error, refetch } = useRequest<TokenList>(path)
  const [open, setOpen] = useState<'token' | 'password'>()
  const [revoked, setRevoked] = useState<TokenRow>()
  const hasAccount = person.via !== 'open'
  return (
    <ListSection
      title={say('access.tokens')}
      about={say('tokens.about')}
      isLoading={data === undefined && error === null}
      error={error}
      onRetry={() => void refetch()}
      actions={
        hasAccount && (
          <>
            <button type="button" className="control h-9" onClick={() => setOpen('password')}>
              {say('password.change')}
            </button>
            <button type="button" className="main-action" onClick={() => setOpen('token')}>
              {say('tokens.add')}
            </button>
          </>
        )
      }
    >
      {data?.tokens.length === 0 && <p>{say(hasAccount ? 'tokens.none' : 'tokens.needAccount')}</p>}
      {data !== undefined && data.tokens.length > 0 && (
        <TokenTable
          tokens={data.tokens}
          hasOwners={person.role === 'admin'}
          onRevoke={setRevoked}
        />
      )}
      {open === 'password' && <PasswordDialog onClose={() => setOpen(undefined)} />}
      {open === 'token' && (
        <NewTokenDialog
          most={person.role}
          onMade={() => void refetch()}
          onClose={() => setOpen(undefined)}
        />
      )}
      {revoked && (
        <ConfirmDialog
          title={say('tokens.revokeTitle', { name: revoked.name })}
          text={say('tokens.revokeText')}
          verb={say('access.revoke')}
          act={async () => {
            await postJson<TokenList>(`${path}/${encodeURIComponent(revoked.id)}/revoke`, undefined)
            await refetch()
          }}
          onClose={() => setRevoked(undefined)}
        />
      )}
    </ListSection>
  )
}

function TokenTable(props: {
  readonly tokens: readonly TokenRow[]
  readonly hasOwners: boolean
  readonly onRevoke: (token: TokenRow) => void
}): ReactElement {
  const { tokens, hasOwners, onRevoke } = props
  return (
    <table className="list-table">
      <caption className="sr-only">{say('access.tokens')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('access.name')}</th>
          {hasOwners && <th scope="col">{say('tokens.owner')}</th>}
          <th scope="col" data-wide>
            {say('people.role')}
          </th>
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
        {tokens.map((token) => (
          <tr key={token.id}>
            <th scope="row" className="break-all">
              {token.name}
            </th>
            {hasOwners && <td className="break-all">{token.owner}</td>}
            <td data-wide>{say(`role.${token.role}`)}</td>
            <td data-wide className="font-mono text-xs">
              …{token.end}
            </td>
            <td data-wide>
              <When timeMs={token.createdAt} />
            </td>
            <td>
              <When timeMs={token.lastUsedAt} />
            </td>
            <td data-end>
              <button
                type="button"
                className="underline"
                aria-label={say('access.revokeOf', { name: token.name })}
                onClick={() => onRevoke(token)}
              >
                {say('access.revoke')}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function NewTokenDialog(props: {
  /** A token may do no more than this. */
  readonly most: RoleName
  readonly onMade: () => void
  readonly onClose: () => void
}): ReactElement {
  const { most, onMade, onClose } = props
  const [made, setMade] = useState<NewToken>()
  return (
    <FormDialog
      title={made ? say('tokens.made', { name: made.row.name }) : say('tokens.add')}
      verb={say('tokens.add')}
      fields={
        <>
          <label className="field">
            {say('access.name')}
            <input name="name" required maxLength={100} autoComplete="off" spellCheck={false} />
            <small>{say('tokens.nameAbout')}</small>
          </label>
          <RoleField label={say('tokens.role')} roles={rolesUpTo(most)} chosen="viewer" />
        </>
      }
      act={async (field) => {
        setMade(await postJson<NewToken>(path, { name: field('name').trim(), role: field('role') }))
        onMade()
      }}
      outcome={
        made && (
          <>
            <Secret what={say('tokens.token')} text={made.token} />
            <p className="text-soft">{say('tokens.use', { header: 'Authorization: Bearer …' })}</p>
          </>
        )
      }
      onClose={onClose}
    />
  )
}
