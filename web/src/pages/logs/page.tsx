import type { ReactElement } from 'react'

import { useHost } from '../../data/hosts.ts'
import { hostQuery } from '../../searches/edit-query.ts'
import { LogView } from '../../logs/log-view.tsx'
import { say } from '../../messages/message.ts'

/** The logs of all containers, files and listeners, or of those of the chosen host. */
export function LogsPage(): ReactElement {
  const host = useHost()
  return (
    <div className="flex h-full flex-col">
      <h1 className="sr-only">{say('page.logs')}</h1>
      <LogView scope={hostQuery(host)} isOfOne={false} />
    </div>
  )
}
