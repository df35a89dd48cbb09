import type { ReactElement } from 'react'

import { useHost } from '../../data/hosts.ts'
import { HappeningView } from '../../happenings/happening-view.tsx'
import { say } from '../../messages/message.ts'
import { hostQuery } from '../../searches/edit-query.ts'

/** What happened to all containers and hosts and what programs told of themselves, or to the chosen host. */
export function EventsPage(): ReactElement {
  const host = useHost()
  return (
    <div className="flex h-full flex-col">
      <h1 className="sr-only">{say('page.events')}</h1>
      <HappeningView scope={hostQuery(host)} isOfOne={false} />
    </div>
  )
}
