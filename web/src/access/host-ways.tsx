import { useState, type ReactElement } from 'react'

import type { AddHostCommand } from '../../../src/api/contract/access.ts'
import { Choice } from '../elements/choice.tsx'
import { say } from '../messages/add-host.ts'
import { WayText } from './way-text.tsx'

/** The ways to add a host, one at a time. */
export function HostWays(props: {
  readonly ways: readonly AddHostCommand[]
  readonly keyEnd?: string | undefined
}): ReactElement | null {
  const { ways, keyEnd } = props
  const [name, setName] = useState<AddHostCommand['name']>()
  const way = ways.find((known) => known.name === name) ?? ways[0]
  if (way === undefined) return null
  return (
    <>
      <div className="overflow-x-auto">
        <Choice
          label={say('ways.label')}
          value={way.name}
          options={ways.map((known) => ({ value: known.name, text: say(`ways.${known.name}`) }))}
          onChoose={setName}
        />
      </div>
      <WayText key={way.name} way={way} keyEnd={keyEnd} />
    </>
  )
}
