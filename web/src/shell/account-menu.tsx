import { Popover } from 'radix-ui'
import { useState, type ReactElement } from 'react'

import type { Me, PersonRow } from '../../../src/api/contract/access.ts'
import { postJson } from '../data/request.ts'
import { addressOf } from '../data/search.ts'
import { useDeed } from '../data/use-deed.ts'
import { ChevronIcon, PersonIcon } from '../elements/icon.tsx'
import { InnerLink } from '../elements/inner-link.tsx'
import { say } from '../messages/access.ts'
import { signInPath } from './sign-in-gate.ts'

/** Who has signed in, what they may do and see, and the way out. */
export function AccountMenu(props: {
  readonly person: PersonRow
  /** Loads an address of ours anew, so that nothing stays in the page of whoever has left. */
  readonly onLeave?: (to: string) => void
}): ReactElement {
  const { person, onLeave = (to) => location.assign(to) } = props
  const [isOpen, setOpen] = useState(false)
  const { name } = person
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger
        className="control px-2"
        aria-label={say('account.menu', { name })}
        title={say('account.menu', { name })}
      >
        <PersonIcon />
        <span className="max-w-32 truncate max-md:hidden">{name}</span>
        <ChevronIcon />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="picker gap-3 p-4"
          aria-label={say('account.menu', { name })}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          onEscapeKeyDown={(event) => event.stopPropagation()}
        >
          <Account person={person} onLeave={onLeave} onClose={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Account(props: {
  readonly person: PersonRow
  readonly onLeave: (to: string) => void
  readonly onClose: () => void
}): ReactElement {
  const { person, onLeave, onClose } = props
  const { name, role, scope, via } = person
  const deed = useDeed()
  function signOut(): void {
    deed.run(async () => {
      await postJson<Me>('/api/access/sign-out', undefined)
      onLeave(signInPath)
    })
  }
  return (
    <>
      <p className="font-semibold break-words">{name}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <dt className="text-faint">{say('account.role')}</dt>
        <dd>
          {say(`role.${role}`)}
          <span className="text-soft">: {say(`role.${role}About`)}</span>
        </dd>
        <dt className="text-faint">{say('account.scope')}</dt>
        <dd>
          {scope === null ? say('scope.everything') : <code className="text-xs">{scope}</code>}
        </dd>
      </dl>
      <p onClick={onClose}>
        <InnerLink
          href={addressOf('/access', role === 'admin' ? {} : { tab: 'tokens' })}
          className="underline"
        >
          {say(role === 'admin' ? 'account.access' : 'account.tokens')}
        </InnerLink>
      </p>
      {deed.error && (
        <p role="alert">{say('account.signOutFailed', { message: deed.error.message })}</p>
      )}
      {/* What a browser or a program sends with each request cannot be taken back from here. */}
      {via === 'session' && (
        <button
          type="button"
          className="control justify-self-start"
          disabled={deed.isRunning}
          onClick={signOut}
        >
          {say('account.signOut')}
        </button>
      )}
    </>
  )
}
