import type { ReactElement } from 'react'

import { Choice } from '../../elements/choice.tsx'
import { SearchBox } from '../../elements/search-box.tsx'
import { useDraft } from '../../elements/use-draft.ts'
import { say } from '../../messages/agents.ts'
import { agentSorts, type AgentsView } from './view.ts'

const words = {
  label: say('agents.filter'),
  hint: say('agents.filterHint'),
  shortHint: say('agents.filterShort'),
  clear: say('agents.filterClear'),
}

/** What steers the list of agents: words to find them by, and their order. */
export function AgentToolbar(props: {
  readonly view: AgentsView
  readonly onView: (change: Partial<AgentsView>) => void
}): ReactElement {
  const { view, onView } = props
  const [draft, setDraft] = useDraft(view.filterText, (filterText) => onView({ filterText }))
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchBox words={words} text={draft} onText={setDraft} />
      <Choice
        label={say('agents.sortBy')}
        value={view.sort}
        options={agentSorts.map((value) => ({ value, text: say(`agents.sort.${value}`) }))}
        onChoose={(sort) => onView({ sort })}
      />
    </div>
  )
}
