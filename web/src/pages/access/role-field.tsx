import type { ReactElement } from 'react'

import type { RoleName } from '../../../../src/api/contract/access.ts'
import { say } from '../../messages/access.ts'

const roles: readonly RoleName[] = ['viewer', 'editor', 'admin']

/** The roles that may do no more than one of them, from the least to the most. */
export function rolesUpTo(most: RoleName): readonly RoleName[] {
  return roles.slice(0, roles.indexOf(most) + 1)
}

/** One of the roles, each with what it may do; the field is called `role`. */
export function RoleField(props: {
  readonly label: string
  readonly roles: readonly RoleName[]
  readonly chosen: RoleName
}): ReactElement {
  const { label, chosen } = props
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1">{label}</legend>
      {props.roles.map((role) => (
        <label key={role} className="flex items-baseline gap-2">
          <input type="radio" name="role" value={role} defaultChecked={role === chosen} />
          <span>
            {say(`role.${role}`)}
            <span className="text-soft">: {say(`role.${role}About`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
