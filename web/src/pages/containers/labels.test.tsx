import { act, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import type { LabelList } from '../../../../src/api/contract/labels.ts'
import { answerPaths, type Answers, type Asked } from '../../testing/answer-paths.ts'
import { sampleAgent, sampleContainer, sampleStore } from '../../testing/samples.ts'
import { showLive } from '../../testing/show-live.tsx'
import { GroupSelect } from './group-select.tsx'
import { ContainersPage } from './page.tsx'

const valuesPath = '/api/containers/labels'
const listPath = `${valuesPath}?limit=24`
const containers = [1, 2, 3].map((key) => sampleContainer({ key }))
const list: LabelList = {
  labels: [
    { name: 'team', containers: 3, values: 2 },
    { name: 'hash', containers: 3, values: 3 },
  ],
  count: 30,
}

let asked: readonly Asked[] = []
beforeEach(() => {
  open({
    [`POST ${valuesPath}`]: () => ({ values: [['web', 'web', 'db']] }),
    [`GET ${listPath}`]: () => list,
  })
})
afterEach(() => vi.unstubAllGlobals())

function open(answers: Answers): void {
  asked = answerPaths(answers)
}

async function show(address: string): Promise<void> {
  showLive(<ContainersPage />, sampleStore(containers, [sampleAgent()]), address)
  await act(async () => {})
}

function questions(): readonly Asked[] {
  return asked.filter(({ path }) => path.startsWith(valuesPath))
}

function namesIn(select: HTMLElement): readonly (string | null)[] {
  return [...select.querySelectorAll('option')].map(({ textContent }) => textContent)
}

describe('ContainersPage with labels', () => {
  test('asks for none while nothing needs them', async () => {
    await show('/?group=project&q=web')
    expect(questions()).toEqual([])
  })

  test('asks for those of groups and filter once, and filters by them', async () => {
    await show('/?group=label.team&q=label.team:web')
    const ids = containers.map(({ id }) => id)
    expect(questions()).toMatchObject([
      { method: 'POST', body: { labels: ['team'], containers: ids } },
    ])
    expect(await screen.findByText('2 of 3 containers')).toBeTruthy()
  })

  test('says why it cannot read them, and shows the containers all the same', async () => {
    open({
      [`POST ${valuesPath}`]: () => Response.json({ errors: ['The store rests'] }, { status: 503 }),
    })
    await show('/?group=label.team')
    expect(await screen.findByText(/The store rests/)).toBeTruthy()
    expect(screen.getByText('3 containers')).toBeTruthy()
  })
})

describe('GroupSelect', () => {
  test('offers labels that containers share, and a search among the others', async () => {
    const onGroups = vi.fn()
    const select = <GroupSelect place={0} groups={[]} onGroups={onGroups} />
    showLive(select, sampleStore(containers, []))
    const element = screen.getByLabelText('Group by')
    await act(async () => void fireEvent.focus(element))
    await vi.waitFor(() => expect(namesIn(element)).toContain('team'))
    expect(namesIn(element)).not.toContain('hash')
    expect(namesIn(element)).toContain('Search all labels…')
    fireEvent.change(element, { target: { value: 'label.team' } })
    expect(onGroups).toHaveBeenCalledWith(['label.team'])
  })
})
