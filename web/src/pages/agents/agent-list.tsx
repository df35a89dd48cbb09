import { useCallback, useMemo, useState, type ReactElement } from 'react'

import { useHostAgents } from '../../data/hosts.ts'
import { useSearch, useSetSearch } from '../../data/search.ts'
import { say, sayCount } from '../../messages/agents.ts'
import { AgentCard } from './agent-card.tsx'
import { AgentToolbar } from './agent-toolbar.tsx'
import { arrangeAgents, countAgents, judgeAgents, type AgentCounts } from './arrange-agents.ts'
import { openAgents, readAgentsView, writeAgentsView, type AgentsView } from './view.ts'

/** More than this need a way to find one. */
const fewAgents = 3
/** So many are shown at once: each is drawn anew every second. */
const pageCount = 100

/** All agents, or those of the chosen host: how many need a look, and each with a line of its own that opens. */
export function AgentList(): ReactElement {
  const search = useSearch()
  const setSearch = useSetSearch()
  const view = useMemo(() => readAgentsView(search), [search])
  const items = judgeAgents(useHostAgents())
  const found = arrangeAgents(items, view.filterText, view.sort)
  const [mostShown, setMostShown] = useState(pageCount)
  const shown = found.slice(0, mostShown)
  const hiddenCount = found.length - shown.length
  const open = openAgents(
    view,
    items.map(({ key }) => key),
  )
  const onView = useCallback(
    (change: Partial<AgentsView>) => setSearch(writeAgentsView(change)),
    [setSearch],
  )
  const hasTools = items.length > fewAgents || view.filterText !== ''
  return (
    <section aria-labelledby="agents-title" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id="agents-title" className="sr-only">
        {say('page.agents')}
      </h2>
      <p role="status" className="text-soft">
        {countsText(countAgents(items))}
      </p>
      {hasTools && <AgentToolbar view={view} onView={onView} />}
      {shown.length === 0 && (
        <p>{say(view.filterText === '' ? 'agents.noneOfHost' : 'agents.noMatch')}</p>
      )}
      {shown.length > 0 && (
        <ul className="agents">
          {shown.map((item) => (
            <AgentCard
              key={item.key}
              item={item}
              isOpen={open.has(item.key)}
              onToggle={() => onView({ open: toggled(open, item.key) })}
            />
          ))}
        </ul>
      )}
      {hiddenCount > 0 && (
        <button
          type="button"
          className="control justify-self-start"
          onClick={() => setMostShown(mostShown + pageCount)}
        >
          {sayCount('agents.more', Math.min(pageCount, hiddenCount), { rest: hiddenCount })}
        </button>
      )}
    </section>
  )
}

/** The agents that are open after a click on one. */
function toggled(open: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(open)
  if (!next.delete(key)) next.add(key)
  return next
}

function countsText({ all, away, troubled }: AgentCounts): string {
  return [
    sayCount('agents.count', all),
    ...(away > 0 ? [sayCount('agents.countAway', away)] : []),
    ...(troubled > 0 ? [sayCount('agents.countTroubled', troubled)] : []),
  ].join(' · ')
}
