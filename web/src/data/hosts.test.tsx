import { act, screen } from '@testing-library/react'
import type { ReactElement } from 'react'
import { describe, expect, test } from 'vitest'

import { sampleAgent, sampleLiveAgents, sampleNowMs, sampleStore } from '../testing/samples.ts'
import { showLive } from '../testing/show-live.tsx'
import { createLiveStore } from './live-store.ts'
import { useHasHosts, useHostAgents, useHosts } from './hosts.ts'

const agents = ['web', 'db', 'web'].map((host, index) =>
  sampleAgent({ id: `agent-${index}`, host }),
)

const live = sampleLiveAgents(agents)
const told = { time: sampleNowMs, rows: [], removedKeys: [] }

function Told(): ReactElement {
  const hosts = useHosts().join(' ')
  const shown = useHostAgents()
    .map(({ id }) => id)
    .join(' ')
  return <p>{`${hosts}, several: ${useHasHosts()}, ${shown}`}</p>
}

describe('useHosts(), useHasHosts() and useHostAgents()', () => {
  test('follow agents that come', async () => {
    const store = createLiveStore({ schedule: queueMicrotask, elapsedMs: () => 0 })
    store.apply({ kind: 'agents', data: { ...told, changed: live.slice(0, 1) } })
    showLive(<Told />, store)
    expect(screen.getByText('web, several: false, agent-0')).toBeTruthy()
    await act(async () => store.apply({ kind: 'agents', data: { ...told, changed: live } }))
    expect(screen.getByText('db web, several: true, agent-1 agent-0 agent-2')).toBeTruthy()
  })

  test('are about the host of the address', () => {
    showLive(<Told />, sampleStore([], agents), '/?host=web')
    expect(screen.getByText('db web, several: false, agent-0 agent-2')).toBeTruthy()
  })
})
