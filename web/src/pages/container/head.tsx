import type { KeyboardEvent, ReactElement, ReactNode } from 'react'

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
  { name: 'events', title: 'page.events' },
  { name: 'processes', title: 'container.processes' },
  { name: 'inspect', title: 'container.inspect' },
] as const

const steps: Readonly<Partial<Record<string, 1 | -1>>> = { ArrowRight: 1, ArrowLeft: -1 }

/** The name of a part, as the address writes it. */
export type Tab = (typeof tabs)[number]['name']

/** The part that an address asks for; the overview when it asks for none that there is. */
export function readTab(tab: string | undefined): Tab {
  return tabs.find(({ name }) => name === tab)?.name ?? 'overview'
}

/** The name of the container, its state, and the parts of its page; what steers the part that is shown stands at the end. */
export function Head(props: {
  readonly container: ContainerRow
  readonly tab: Tab
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
    <nav
      aria-label={say('container.tabs')}
      className="choice max-w-full overflow-x-auto"
      onKeyDown={moveFocus}
    >
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

/** Arrows move the focus between the parts. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key]
  const links = [...event.currentTarget.querySelectorAll('a')]
  const index = links.findIndex((link) => link === document.activeElement)
  if (step === undefined || index < 0) return
  event.preventDefault()
  links[(index + step + links.length) % links.length]?.focus()
}
