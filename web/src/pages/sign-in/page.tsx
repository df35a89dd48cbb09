import { useEffect, useState, type ReactElement, type ReactNode } from 'react'

import type { Me } from '../../../../src/api/contract/access.ts'
import { mePath } from '../../data/me.ts'
import { useRequest } from '../../data/request.ts'
import { useSearch } from '../../data/search.ts'
import { Choice } from '../../elements/choice.tsx'
import { Command } from '../../elements/command.tsx'
import { LogoIcon } from '../../elements/icon.tsx'
import { say } from '../../messages/access.ts'
import { faultText } from './fault-text.ts'
import { SignInForm, type SignInWay } from './sign-in-form.tsx'
import { wayBack } from './way-back.ts'

const firstAccount = 'vigie user add admin --role admin'

/** Where people say who they are. The page behind `to` is loaded anew then: nothing stays of whoever was here before. */
export function SignInPage(props: {
  /** Goes to an address of ours. */
  readonly onDone?: (to: string) => void
}): ReactElement {
  const { onDone = (to) => location.assign(to) } = props
  const { to, error: fault } = useSearch() as Partial<Record<string, string>>
  const back = wayBack(to, location.origin)
  const { data: me, error, refetch } = useRequest<Me>(mePath, { isLasting: true })
  const isDone = me !== undefined && (!me.signInNeeded || me.person !== null)
  useEffect(() => {
    if (isDone) onDone(back)
  }, [isDone, back, onDone])
  if (me === undefined && error !== null) {
    return (
      <Card>
        <p role="alert">{say('signIn.away', { message: error.message })}</p>
        <button type="button" className="control justify-self-start" onClick={() => void refetch()}>
          {say('chart.retry')}
        </button>
      </Card>
    )
  }
  if (me === undefined || isDone) {
    return (
      <Card>
        <p role="status" className="text-soft">
          {say('app.loading')}
        </p>
      </Card>
    )
  }
  return (
    <Card>
      {fault !== undefined && <p role="alert">{faultText(fault, me.ways.provider)}</p>}
      <Ways ways={me.ways} back={back} onDone={() => onDone(back)} />
    </Card>
  )
}

function Ways(props: {
  readonly ways: Me['ways']
  readonly back: string
  readonly onDone: () => void
}): ReactElement {
  const { ways, back, onDone } = props
  const { password, token, provider } = ways
  const [chosen, setChosen] = useState<SignInWay>(password ? 'password' : 'token')
  const hasForm = password || token
  if (!hasForm && provider === null) {
    return (
      <>
        <p>{say('signIn.noWay')}</p>
        <Command text={firstAccount} />
        <p className="text-soft">{say('signIn.noWayThen')}</p>
      </>
    )
  }
  return (
    <>
      {provider !== null && (
        <a
          className={hasForm ? 'control h-9 justify-center' : 'main-action'}
          href={`/api/access/oidc/start?${new URLSearchParams({ to: back })}`}
        >
          {say('signIn.with', { provider })}
        </a>
      )}
      {provider !== null && hasForm && <p className="text-center text-faint">{say('signIn.or')}</p>}
      {password && token && (
        <div>
          <Choice
            label={say('signIn.way')}
            value={chosen}
            options={[
              { value: 'password', text: say('signIn.byPassword') },
              { value: 'token', text: say('signIn.byToken') },
            ]}
            onChoose={setChosen}
          />
        </div>
      )}
      {hasForm && <SignInForm key={chosen} way={chosen} onDone={onDone} />}
    </>
  )
}

function Card({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <div className="grid min-h-full place-items-center p-3.5">
      <section
        aria-labelledby="sign-in-title"
        className="grid w-full max-w-sm gap-4 rounded-lg border border-line bg-panel p-5 sm:p-6"
      >
        <h1 id="sign-in-title" className="flex items-center gap-2 text-base font-semibold">
          <LogoIcon />
          {say('signIn.title')}
        </h1>
        {children}
      </section>
    </div>
  )
}
