import { useState, type ReactElement } from 'react'

import type { AddHost } from '../../../src/api/contract/access.ts'
import { postJson } from '../data/request.ts'
import { addressOf } from '../data/search.ts'
import { InnerLink } from '../elements/inner-link.tsx'
import { say } from '../messages/access.ts'
import { say as sayWay } from '../messages/add-host.ts'
import { FormDialog } from './form-dialog.tsx'
import { HostWays } from './host-ways.tsx'
import { useArrivals } from './use-arrivals.ts'

/** Makes a key and shows, the one time that it can be seen, how a host is added with it; says when it has come. */
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
      outcome={added && <Made added={added} />}
      onClose={onClose}
    />
  )
}

function Made({ added }: { readonly added: AddHost }): ReactElement {
  return (
    <>
      <p role="status">{say('addHost.made', { name: added.row.name })}</p>
      <HostWays ways={added.commands} keyEnd={added.row.end} />
      <Arrivals />
    </>
  )
}

/** Says when the first new host has reported, and leads to it. */
function Arrivals(): ReactElement {
  const arrivals = useArrivals()
  return (
    <div role="status" className="grid gap-1">
      {arrivals.length === 0 && <p className="text-soft">{say('addHost.then')}</p>}
      {arrivals.map((host) => (
        <p key={host} className="badge" data-tone="ok">
          <span>{sayWay('ways.arrived', { host })}</span>
          <InnerLink href={addressOf('/', { host })} className="underline">
            {sayWay('ways.goTo', { host })}
          </InnerLink>
        </p>
      ))}
    </div>
  )
}
