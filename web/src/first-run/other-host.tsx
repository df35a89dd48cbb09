import type { ReactElement } from 'react'

import type { AddHostHelp } from '../../../src/api/contract/access.ts'
import { AddHost } from '../access/add-host.tsx'
import { HostWays } from '../access/host-ways.tsx'
import { useMe } from '../data/me.ts'
import { useRequest } from '../data/request.ts'
import { Command } from '../elements/command.tsx'
import { makeAccount, startForAll } from '../elements/start-commands.ts'
import { say } from '../messages/add-host.ts'

/** How another host is added to this very server. Keys are only made, and told, for an admin. */
export function OtherHost(): ReactElement {
  const { data: help, error } = useRequest<AddHostHelp>('/api/add-host', { isLasting: true })
  const me = useMe()
  const isAdmin = me?.person?.role === 'admin'
  const isOpen = me?.signInNeeded === false
  if (error) return <p role="alert">{say('firstRun.failed', { message: error.message })}</p>
  if (help === undefined) return <p className="text-soft">{say('app.loading')}</p>
  const { serverUrl, isLocalOnly, keyPlaceholder, commands } = help
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {isLocalOnly ? (
        <>
          <p data-tone="warning" className="text-(--tone)">
            {say(isOpen ? 'firstRun.localOpen' : 'firstRun.local', { url: serverUrl })}
          </p>
          <Command text={isOpen ? `${makeAccount}\n${startForAll}` : startForAll} />
        </>
      ) : (
        <p>{say('firstRun.server', { url: serverUrl })}</p>
      )}
      <HostWays ways={commands} />
      <p className="text-soft">
        {say('firstRun.placeholder', { placeholder: keyPlaceholder })}{' '}
        {!isAdmin && say('firstRun.askAdmin')}
      </p>
      <AddHost />
    </div>
  )
}
