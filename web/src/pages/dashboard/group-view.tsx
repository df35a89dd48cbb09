import { useId, type ReactElement, type ReactNode } from 'react'

import type { Widget } from '../../../../src/api/contract/dashboards.ts'
import { ChevronIcon } from '../../elements/icon.tsx'
import { say } from '../../messages/dashboards.ts'

type Group = Extract<Widget, { readonly type: 'group' }>

/** Widgets under one title, which folds them away. */
export function GroupView(props: {
  readonly group: Group
  readonly isFolded: boolean
  readonly onFold: () => void
  readonly children: ReactNode
}): ReactElement {
  const { group, isFolded, onFold, children } = props
  const bodyId = useId()
  const title = group.title || say('dashboard.group')
  return (
    <section className="board-group" data-group={group.id}>
      <h2>
        <button
          type="button"
          aria-expanded={!isFolded}
          aria-controls={bodyId}
          title={say(isFolded ? 'dashboard.unfold' : 'dashboard.fold', { title })}
          onClick={onFold}
        >
          <ChevronIcon />
          {title}
        </button>
      </h2>
      <div id={bodyId} hidden={isFolded}>
        {!isFolded && children}
      </div>
    </section>
  )
}
