import type { ReactElement } from 'react'

import { LogView } from '../../logs/log-view.tsx'
import { say } from '../../messages/message.ts'

/** The logs of all containers, files and listeners. */
export function LogsPage(): ReactElement {
  return (
    <div className="flex h-full flex-col">
      <h1 className="sr-only">{say('page.logs')}</h1>
      <LogView scope="" isOfOne={false} />
    </div>
  )
}
