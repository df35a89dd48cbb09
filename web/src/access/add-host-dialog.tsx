import { useState, type ReactElement } from 'react'

import type { AddHost } from '../../../src/api/contract/access.ts'
import { postJson } from '../data/request.ts'
import { Command } from '../elements/command.tsx'
import { say } from '../messages/access.ts'
import { FormDialog } from './form-dialog.tsx'

/** Makes a key and shows, the one time that it can be seen, the commands with which a host is added. */
export function AddHostDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const [added, setAdded] = useState<AddHost>()
  return (
    <FormDialog
      title={say('addHost.do')}
      verb={say('addHost.show')}
      fields={
        <label className="field">
          {say('addHost.name')}
          <input name="name" maxLength={100} autoComplete="off" spellCheck={false} />
          <small>{say('addHost.nameAbout')}</small>
        </label>
      }
      act={async (field) => {
        const name = field('name').trim()
        setAdded(await postJson<AddHost>('/api/access/add-host', name === '' ? {} : { name }))
      }}
      outcome={added && <Commands added={added} />}
      onClose={onClose}
    />
  )
}

function Commands({ added }: { readonly added: AddHost }): ReactElement {
  return (
    <>
      <p role="status">{say('addHost.made', { name: added.row.name })}</p>
      {added.commands.map(({ name, text }) => (
        <section key={name} aria-label={say(`addHost.${name}`)} className="grid gap-1.5">
          <h3 className="font-semibold">{say(`addHost.${name}`)}</h3>
          <Command
            text={text}
            label={say('addHost.copy', { name: say(`addHost.${name}`) })}
            isWhole
          />
        </section>
      ))}
      <p className="text-soft">{say('addHost.then')}</p>
    </>
  )
}
