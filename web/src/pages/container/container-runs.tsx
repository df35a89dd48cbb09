import type { ReactElement } from 'react'

import { say } from '../../messages/message.ts'
import { RunList } from '../../runs/run-list.tsx'

/** The runs of one container that have ended, the newest first. */
export function ContainerRuns(props: {
  readonly id: string
  /** Whether an agent still knows the container. */
  readonly isKnown: boolean
}): ReactElement {
  const { id, isKnown } = props
  return (
    <section className="mx-3.5 mt-3 min-w-0 rounded-lg border border-line bg-panel px-4 py-3 sm:mx-5">
      <h2 className="mb-2 font-semibold">{say('runs.ofContainer')}</h2>
      <RunList
        search={`container=${encodeURIComponent(id)}&since=3650d&limit=20`}
        label={say('runs.ofContainer')}
        empty={say(isKnown ? 'runs.noneOfContainer' : 'runs.noneOfUnknown')}
        isOfOne
      />
    </section>
  )
}
