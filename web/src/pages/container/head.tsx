import type { ReactElement, ReactNode } from 'react'

import type { ContainerRow } from '../../../../src/api/contract/containers.ts'
import { useHosts } from '../../data/hosts.ts'
import { addressOf, useSearch } from '../../data/search.ts'
import { Badge } from '../../elements/badge.tsx'
import { stateWord } from '../../elements/container-state.ts'
import { BackIcon } from '../../elements/icon.tsx'
import { InnerLink } from '../../elements/inner-link.tsx'
import { say } from '../../messages/container.ts'

const tabs = [
  { name: 'overview', title: 'container.overview' },
  { name: 'logs', title: 'page.logs' },
] as const

/** The name of the container, its state, and the parts of its page; what steers the part that is shown stands at the end. */
export function Head(props: {
  readonly container: ContainerRow
  readonly tab: (typeof tabs)[number]['name']
  readonly onBack: () => void
  readonly children?: ReactNode
}): ReactElement {
  const { container, tab, onBack, children } = props
  return (
    <div className="sticky top-0 z-10 flex flex-none flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-panel px-3.5 py-2 sm:px-5">
      <button
        type="button"
        className="control px-2"
        aria-label={say('container.back')}
        title={say('container.back')}
        onClick={onBack}
      >
        <BackIcon />
      </button>
      <h1 className="min-w-0 truncate text-base font-semibold" title={container.name}>
        {container.name}
      </h1>
      <Badge {...stateWord(container)} />
      <Host name={container.host} />
      <Tabs id={container.id} chosen={tab} />
      <div className="ml-auto">{children}</div>
    </div>
  )
}

/** Where it runs, where it could be elsewhere. */
function Host({ name }: { readonly name: string }): ReactElement | null {
  if (useHosts().length < 2) return null
  return (
    <span className="min-w-0 truncate text-soft" title={name}>
      {say('container.onHost', { host: name })}
    </span>
  )
}

/** The parts of the page, each with an address; the time range comes along. */
function Tabs(props: { readonly id: string; readonly chosen: string }): ReactElement {
  const { id, chosen } = props
  const { range, from, to } = useSearch() as Partial<Record<string, string>>
  const kept = { ...(range && { range }), ...(from && { from }), ...(to && { to }) }
  return (
    <nav aria-label={say('container.tabs')} className="choice">
      {tabs.map(({ name, title }) => (
        <InnerLink
          key={name}
          href={addressOf(`/containers/${id}`, {
            ...(name !== 'overview' && { tab: name }),
            ...kept,
          })}
          isCurrent={name === chosen}
        >
          {say(title)}
        </InnerLink>
      ))}
    </nav>
  )
}
