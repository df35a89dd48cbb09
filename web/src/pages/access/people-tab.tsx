import { useState, type ReactElement } from 'react'

import type { PersonRow, UserList, UserRow } from '../../../../src/api/contract/access.ts'
import { postJson, useRequest } from '../../data/request.ts'
import { Command } from '../../elements/command.tsx'
import { say } from '../../messages/access.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { ListSection } from './list-section.tsx'
import { PersonDialog, usersPath } from './person-dialog.tsx'
import { When } from './when.tsx'

const firstAccount = 'vigie user add admin --role admin'

/** What is open over the list. */
type Opened =
  | { readonly kind: 'add' }
  | { readonly kind: 'change' | 'remove'; readonly user: UserRow }

/** Who may sign in, and what they may do and see. */
export function PeopleTab({ person }: { readonly person: PersonRow }): ReactElement {
  const { data, error, refetch } = useRequest<UserList>(usersPath)
  const [opened, setOpened] = useState<Opened>()
  const close = (): void => setOpened(undefined)
  const hasUsers = data !== undefined && data.users.length > 0
  return (
    <ListSection
      title={say('access.people')}
      about={say('people.about')}
      isLoading={data === undefined && error === null}
      error={error}
      onRetry={() => void refetch()}
      actions={
        hasUsers && (
          <button type="button" className="main-action" onClick={() => setOpened({ kind: 'add' })}>
            {say('people.add')}
          </button>
        )
      }
    >
      {hasUsers ? (
        <UserTable users={data.users} ownName={person.name} onOpen={setOpened} />
      ) : (
        data && (
          <div className="grid max-w-2xl gap-2">
            <p>{say('people.none')}</p>
            <Command text={firstAccount} />
          </div>
        )
      )}
      {opened !== undefined && opened.kind !== 'remove' && (
        <PersonDialog
          {...(opened.kind === 'change' && { user: opened.user })}
          onDone={async () => void (await refetch())}
          onClose={close}
        />
      )}
      {opened?.kind === 'remove' && (
        <ConfirmDialog
          title={say('people.removeTitle', { name: opened.user.name })}
          text={say('people.removeText', { name: opened.user.name })}
          verb={say('people.remove')}
          act={async () => {
            const name = encodeURIComponent(opened.user.name)
            await postJson<UserList>(`${usersPath}/${name}/remove`, undefined)
            await refetch()
          }}
          onClose={close}
        />
      )}
    </ListSection>
  )
}

interface UserTableProps {
  readonly users: readonly UserRow[]
  readonly ownName: string
  readonly onOpen: (opened: Opened) => void
}

function UserTable({ users, ownName, onOpen }: UserTableProps): ReactElement {
  return (
    <table className="list-table">
      <caption className="sr-only">{say('access.people')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('access.name')}</th>
          <th scope="col">{say('people.role')}</th>
          <th scope="col" data-wide>
            {say('people.scope')}
          </th>
          <th scope="col" data-wide>
            {say('people.kind')}
          </th>
          <th scope="col" data-wide>
            {say('people.lastSignIn')}
          </th>
          <td />
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <User key={user.name} user={user} isOwn={user.name === ownName} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  )
}

function User(props: {
  readonly user: UserRow
  readonly isOwn: boolean
  readonly onOpen: (opened: Opened) => void
}): ReactElement {
  const { user, isOwn, onOpen } = props
  const { name, role, scope, kind, lastSignInAt } = user
  return (
    <tr>
      <th scope="row" className="break-all">
        {name}
        {isOwn && <span className="font-normal text-faint"> ({say('people.you')})</span>}
      </th>
      <td>{say(`role.${role}`)}</td>
      <td data-wide className="break-words">
        {scope === null ? say('scope.everything') : <code className="text-xs">{scope}</code>}
      </td>
      <td data-wide>{say(`people.kind.${kind}`)}</td>
      <td data-wide>
        <When timeMs={lastSignInAt} />
      </td>
      <td data-end>
        {/* Nobody changes or removes themselves, so that one admin is always left. */}
        {!isOwn && (
          <span className="inline-flex gap-4">
            <button
              type="button"
              className="underline"
              aria-label={say('people.changeOf', { name })}
              onClick={() => onOpen({ kind: 'change', user })}
            >
              {say('people.change')}
            </button>
            <button
              type="button"
              className="underline"
              aria-label={say('people.removeOf', { name })}
              onClick={() => onOpen({ kind: 'remove', user })}
            >
              {say('people.remove')}
            </button>
          </span>
        )}
      </td>
    </tr>
  )
}
