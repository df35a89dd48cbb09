import assert from 'node:assert/strict'
import type { AddHost, NewKey, NewToken } from '../../src/api/contract/access.ts'
import { askHttp, cookieOf, signIn } from './ask-http.ts'
import type { PlantedSecrets } from './planted-secrets.ts'
import type { Ending } from './vigie-process.ts'

/** A server and the command line beside it. */
export interface Access {
  readonly url: string
  readonly secrets: PlantedSecrets
  /** Runs a command, words parted by spaces. */
  readonly run: (command: string, input?: string) => Promise<Ending>
}

/** Has passwords, keys, tokens and sessions made, and shows each of them as it is meant to be shown. */
export async function plantAccess(access: Access): Promise<void> {
  const password = await plantAccounts(access)
  await plantSessions(access, password)
  await plantKeys(access)
  await plantTokens(access)
}

/** @returns The password of `ann`. */
async function plantAccounts({ run, secrets }: Access): Promise<string> {
  const password = secrets.plant('the password of an account')
  const added = await run('user add ann --role admin --password-stdin', password)
  assert.equal(added.exitCode, 0, added.output)
  secrets.assertNone('vigie user add', added.output)
  const { output } = await run('user add bob --generate')
  const made = /^\S{20,}$/m.exec(output)?.[0]
  assert.ok(made !== undefined, output)
  secrets.add('a password that was made', made)
  const replaced = secrets.plant('another password of an account')
  const changed = await run('user password bob --password-stdin', replaced)
  secrets.assertNone('vigie user password', changed.output)
  return password
}

async function plantSessions({ url, secrets }: Access, password: string): Promise<void> {
  const answer = await signIn(url, { name: 'ann', password })
  const headers = cookieOf(answer)
  secrets.add('the cookie of a session', headers.cookie.split('=', 2)[1] ?? '')
  secrets.assertNone('the answer to a sign-in', answer.text)
  assert.equal((await askHttp(`${url}/api/agents`, { headers })).status, 200)
  const wrong = { name: secrets.plant('typed as a name'), password: secrets.plant('a wrong one') }
  const refused = await signIn(url, wrong)
  assert.equal(refused.status, 401)
  secrets.assertNone('the answer to a wrong password', refused.text)
}

async function plantKeys({ url, run, secrets }: Access): Promise<void> {
  const made: NewKey = JSON.parse(jsonOf(await run('key create web --json')))
  secrets.add('the key of an agent', made.key)
  const added: AddHost = JSON.parse(jsonOf(await run('add-host box --json')))
  const key = /VIGIE_SERVER_KEY=(\w+)/.exec(added.commands[0]?.text ?? '')?.[1]
  assert.ok(key !== undefined, 'no key in the line that adds a host')
  secrets.add('the key of a host that was added', key)
  // As older clients do it: where logs of requests would have it.
  const sent = await askHttp(`${url}/api/v1/series?api_key=${made.key}`, { body: { series: [] } })
  assert.equal(sent.status, 202, sent.text)
  const unknown = secrets.plant('a key that is none')
  const refused = await askHttp(`${url}/api/v1/series?api_key=${unknown}`, { body: { series: [] } })
  assert.equal(refused.status, 403)
  secrets.assertNone('the answer to a wrong key', refused.text)
}

async function plantTokens({ url, run, secrets }: Access): Promise<void> {
  const { token }: NewToken = JSON.parse(jsonOf(await run('token create laptop --user ann --json')))
  secrets.add('a token', token)
  for (const headers of [
    { authorization: `Bearer ${token}` },
    { 'dd-application-key': token },
    { authorization: `Basic ${Buffer.from(`ann:${token}`).toString('base64')}` },
  ]) {
    assert.equal((await askHttp(`${url}/api/agents`, { headers })).status, 200)
  }
  const headers = { authorization: `Bearer ${secrets.plant('a token that is none')}` }
  const refused = await askHttp(`${url}/api/agents`, { headers })
  assert.equal(refused.status, 401)
  secrets.assertNone('the answer to a wrong token', refused.text)
}

/** What a command has printed after its warnings. */
function jsonOf({ output }: Ending): string {
  return output.slice(output.search(/^\{/m))
}
