import type { ReactElement } from 'react'

import type { PersonRow } from '../../../../src/api/contract/access.ts'
import { useMe } from '../../data/me.ts'
import { addressOf, useSearch } from '../../data/search.ts'
import { InnerLink } from '../../elements/inner-link.tsx'
import { say, type AccessMessageKey } from '../../messages/access.ts'
import { AuditTab } from './audit-tab.tsx'
import { KeysTab } from './keys-tab.tsx'
import { PeopleTab } from './people-tab.tsx'
import { TokensTab } from './tokens-tab.tsx'

interface Tab {
  readonly name: string
  readonly title: AccessMessageKey
  readonly isForAdmins: boolean
  readonly element: (props: { readonly person: PersonRow }) => ReactElement
}

const tabs: readonly Tab[] = [
  { name: 'keys', title: 'access.keys', isForAdmins: true, element: KeysTab },
  { name: 'people', title: 'access.people', isForAdmins: true, element: PeopleTab },
  { name: 'tokens', title: 'access.tokens', isForAdmins: false, element: TokensTab },
  { name: 'audit', title: 'access.audit', isForAdmins: true, element: AuditTab },
]

/** Who and what is let in: keys of agents, people, their tokens, and the record. All but one's own tokens is for admins. */
export function AccessPage(): ReactElement {
  const person = useMe()?.person ?? undefined
  const { tab } = useSearch() as Partial<Record<string, string>>
  if (person === undefined) return <p className="p-5 text-soft">{say('app.loading')}</p>
  const allowed = tabs.filter(({ isForAdmins }) => !isForAdmins || person.role === 'admin')
  const chosen = allowed.find(({ name }) => name === tab) ?? allowed[0]
  return (
    <div className="grid max-w-6xl grid-cols-[minmax(0,1fr)] gap-4 p-3.5 pb-8 sm:p-5">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <h1 className="text-base font-semibold">{say('page.access')}</h1>
        {allowed.length > 1 && (
          <nav aria-label={say('access.tabs')} className="choice max-w-full overflow-x-auto">
            {allowed.map(({ name, title }) => (
              <InnerLink
                key={name}
                href={addressOf('/access', { tab: name })}
                isCurrent={name === chosen?.name}
              >
                {say(title)}
              </InnerLink>
            ))}
          </nav>
        )}
      </div>
      {chosen && <chosen.element person={person} />}
    </div>
  )
}
