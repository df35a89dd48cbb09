import type { ReactElement } from 'react'

import { SearchBox } from '../../elements/search-box.tsx'
import { useDraft } from '../../elements/use-draft.ts'
import { say } from '../../messages/message.ts'
import type { Problem } from '../../../../src/api/contract/container-filter/parse-filter.ts'

const problemsId = 'filter-problems'

/** Where a filter is written. What cannot be read turns it amber and is explained; the rest goes on filtering. */
export function FilterBox(props: {
  readonly text: string
  readonly problems: readonly Problem[]
  readonly onChange: (text: string) => void
}): ReactElement {
  const { text, problems, onChange } = props
  const [draft, setDraft] = useDraft(text, onChange)
  return (
    <SearchBox
      words={{
        label: say('filter.label'),
        hint: say('filter.placeholder'),
        shortHint: say('filter.placeholderShort'),
        clear: say('filter.clear'),
      }}
      text={draft}
      problemId={problems.length > 0 ? problemsId : undefined}
      onText={setDraft}
    />
  )
}

/** What is left out of the filter and why, one sentence each. */
export function FilterProblems({
  problems,
}: {
  readonly problems: readonly Problem[]
}): ReactElement | null {
  if (problems.length === 0) return null
  return (
    <div id={problemsId} role="status" data-tone="warning" className="basis-full text-(--tone)">
      {problems.map(({ kind, ...values }) => (
        <p key={kind + values.term}>{say(`filter.${kind}`, values)}</p>
      ))}
    </div>
  )
}
