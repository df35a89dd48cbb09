import { useState, type ReactElement } from 'react'

import type { Me, PasswordChange } from '../../../../src/api/contract/access.ts'
import { postJson } from '../../data/request.ts'
import { say } from '../../messages/access.ts'
import { FormDialog } from '../../access/form-dialog.tsx'

/** Changes one's own password. */
export function PasswordDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const [isChanged, setChanged] = useState(false)
  return (
    <FormDialog
      title={say('password.change')}
      verb={say('people.save')}
      fields={
        <>
          <label className="field">
            {say('password.current')}
            <input name="current" type="password" autoComplete="current-password" required />
          </label>
          <label className="field">
            {say('password.new')}
            <input
              name="password"
              type="password"
              autoComplete="new-password"
              required
              minLength={8}
              maxLength={1024}
            />
            <small>{say('password.newAbout')}</small>
          </label>
        </>
      }
      act={async (field) => {
        const change: PasswordChange = { current: field('current'), password: field('password') }
        await postJson<Me>('/api/access/password', change)
        setChanged(true)
      }}
      {...(isChanged && { outcome: <p role="status">{say('password.changed')}</p> })}
      onClose={onClose}
    />
  )
}
