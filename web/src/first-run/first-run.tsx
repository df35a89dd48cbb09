import { useState, type ReactElement } from 'react'

import type { AgentSummary } from '../../../src/api/contract/agents.ts'
import { Choice } from '../elements/choice.tsx'
import { say } from '../messages/add-host.ts'
import { OtherHost } from './other-host.tsx'
import { ThisMachine } from './this-machine.tsx'

/** What stands on the first page while there is nothing to show: what would fill it, with the exact commands. */
export function FirstRun({ agents }: { readonly agents: readonly AgentSummary[] }): ReactElement {
  const [place, setPlace] = useState<'here' | 'other'>('here')
  return (
    <div className="grid max-w-5xl grid-cols-[minmax(0,1fr)] gap-5 p-5 sm:p-8">
      <div>
        <Choice
          label={say('firstRun.label')}
          value={place}
          options={[
            { value: 'here', text: say('firstRun.here') },
            { value: 'other', text: say('firstRun.other') },
          ]}
          onChoose={setPlace}
        />
      </div>
      {place === 'here' ? <ThisMachine agents={agents} /> : <OtherHost />}
      <p role="status" className="text-soft">
        {say(agents.length === 0 ? 'firstRun.waitingAgent' : 'firstRun.waitingContainer')}
      </p>
    </div>
  )
}
