import type { ReactElement } from 'react'

import type { NewUser, RoleName, UserChange, UserRow } from '../../../../src/api/contract/access.ts'
import { postJson } from '../../data/request.ts'
import { say } from '../../messages/access.ts'
import { FormDialog } from '../../access/form-dialog.tsx'
import type { ReadField } from '../../access/read-field.ts'
import { RoleField, rolesUpTo } from './role-field.tsx'

/** Where the accounts of people are listed, added and changed. */
export const usersPath = '/api/access/users'

const scopeExample = 'team:web -env:test'

/** Adds someone, or changes what someone may do and see. */
export function PersonDialog(props: {
  /** Absent for someone new. */
  readonly user?: UserRow
  readonly onDone: () => Promise<void>
  readonly onClose: () => void
}): ReactElement {
  const { user, onDone, onClose } = props
  return (
    <FormDialog
      title={user ? say('people.changeTitle', { name: user.name }) : say('people.addTitle')}
      verb={say(user ? 'people.save' : 'people.add')}
      fields={<Fields user={user} />}
      act={async (field) => {
        if (user === undefined) await postJson<UserRow>(usersPath, newUser(field))
        else {
          const path = `${usersPath}/${encodeURIComponent(user.name)}`
          await postJson<UserRow>(path, changeOf(field))
        }
        await onDone()
        onClose()
      }}
      onClose={onClose}
    />
  )
}

function Fields({ user }: { readonly user: UserRow | undefined }): ReactElement {
  return (
    <>
      {user === undefined && (
        <label className="field">
          {say('access.name')}
          <input name="name" required maxLength={100} autoComplete="off" spellCheck={false} />
        </label>
      )}
      {user?.kind !== 'provider' && (
        <label className="field">
          {say(user ? 'people.newPassword' : 'people.password')}
          <input
            name="password"
            type="password"
            autoComplete="new-password"
            required={user === undefined}
            minLength={8}
            maxLength={1024}
          />
          <small>{say(user ? 'people.newPasswordAbout' : 'people.passwordAbout')}</small>
        </label>
      )}
      <RoleField
        label={say('people.role')}
        roles={rolesUpTo('admin')}
        chosen={user?.role ?? 'viewer'}
      />
      <label className="field">
        {say('people.scopeField')}
        <input
          name="scope"
          maxLength={1000}
          autoComplete="off"
          spellCheck={false}
          defaultValue={user?.scope ?? ''}
          className="font-mono text-xs"
        />
        <small>{say('people.scopeAbout', { example: scopeExample })}</small>
      </label>
    </>
  )
}

function newUser(field: ReadField): NewUser {
  return {
    name: field('name').trim(),
    password: field('password'),
    role: roleOf(field),
    scope: field('scope').trim(),
  }
}

function changeOf(field: ReadField): UserChange {
  const password = field('password')
  return {
    ...(password !== '' && { password }),
    role: roleOf(field),
    scope: field('scope').trim(),
  }
}

function roleOf(field: ReadField): RoleName {
  const wanted = field('role')
  return rolesUpTo('admin').find((role) => role === wanted) ?? 'viewer'
}
