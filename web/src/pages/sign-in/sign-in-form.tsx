import { useRef, type FormEvent, type ReactElement } from 'react'

import type { Me, SignIn } from '../../../../src/api/contract/access.ts'
import { fieldsOf } from '../../access/read-field.ts'
import { postJson, type RequestError } from '../../data/request.ts'
import { useDeed, type Deed } from '../../data/use-deed.ts'
import { useSecondsUntil } from '../../elements/use-seconds-until.ts'
import { say } from '../../messages/access.ts'

/** By an account's password, or by the server's own access token. */
export type SignInWay = 'password' | 'token'

/** Takes a name and a password, or an access token, and says what is wrong with them. */
export function SignInForm(props: {
  readonly way: SignInWay
  readonly onDone: () => void
}): ReactElement {
  const { way, onDone } = props
  const form = useRef<HTMLFormElement>(null)
  const deed = useDeed()
  const waitS = useSecondsUntil(deed.failedAtMs + (deed.error?.retryAfterS ?? 0) * 1000)
  const isWaiting = deed.error?.status === 429 && waitS > 0
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (form.current === null || deed.isRunning || isWaiting) return
    const question = readForm(form.current, way)
    deed.run(async () => {
      await postJson<Me>('/api/access/sign-in', question)
      onDone()
    })
  }
  return (
    <form ref={form} className="grid gap-3.5" onSubmit={submit}>
      {way === 'password' ? <PasswordFields /> : <TokenField />}
      <Outcome deed={deed} way={way} waitS={waitS} />
      <button type="submit" className="main-action" disabled={deed.isRunning || isWaiting}>
        {say(deed.isRunning ? 'signIn.doing' : 'signIn.do')}
      </button>
    </form>
  )
}

function PasswordFields(): ReactElement {
  return (
    <>
      <label className="field">
        {say('signIn.name')}
        <input
          name="name"
          autoComplete="username"
          autoCapitalize="off"
          spellCheck={false}
          required
          autoFocus
        />
      </label>
      <label className="field">
        {say('signIn.password')}
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
    </>
  )
}

function TokenField(): ReactElement {
  return (
    <label className="field">
      {say('signIn.token')}
      <input name="token" type="password" autoComplete="current-password" required autoFocus />
      <small>{say('signIn.tokenAbout', { setting: 'vigie.access_token' })}</small>
    </label>
  )
}

/** Why one is not let in. The seconds are counted for the eye: told aloud one by one they would drown all else. */
function Outcome(props: {
  readonly deed: Deed
  readonly way: SignInWay
  readonly waitS: number
}): ReactElement | null {
  const { deed, way, waitS } = props
  if (deed.error === undefined) return null
  if (deed.error.status === 429) {
    return (
      <p data-tone="critical" className="text-(--tone)">
        <span role="alert" className="sr-only">
          {say('signIn.wait', { seconds: deed.error.retryAfterS ?? 0 })}
        </span>
        <span aria-hidden="true">
          {waitS > 0 ? say('signIn.wait', { seconds: waitS }) : say('signIn.waited')}
        </span>
      </p>
    )
  }
  return (
    <p role="alert" data-tone="critical" className="text-(--tone)">
      {refusalText(deed.error, way)}
    </p>
  )
}

function refusalText(error: RequestError, way: SignInWay): string {
  if (error.status === 401) {
    return say(way === 'password' ? 'signIn.wrongPassword' : 'signIn.wrongToken')
  }
  return say('signIn.failed', { message: error.message })
}

function readForm(form: HTMLFormElement, way: SignInWay): SignIn {
  const text = fieldsOf(form)
  if (way === 'token') return { token: text('token').trim() }
  return { name: text('name').trim(), password: text('password') }
}
