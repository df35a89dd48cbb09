import assert from 'node:assert/strict'
import type { NewAccount } from '../../src/access/accounts.ts'
import type { Role } from '../../src/model/person.ts'
import type { TestServer } from './open-test-server.ts'

/** Whoever does something at the command line. */
export const commandLine = { name: 'command line' } as const

/** Of every account that a test makes. */
export const samplePassword = 'correct horse'

export function sampleAccount(name: string, role: Role, scope = ''): NewAccount {
  return { name, role, scope, password: samplePassword }
}

/** A POST as a page of the server sends it. */
export function postFromPage(
  server: TestServer,
  path: string,
  { body, headers }: { readonly body?: object; readonly headers?: Record<string, string> } = {},
): Promise<Response> {
  return fetch(server.url + path, {
    method: 'POST',
    headers: {
      origin: server.url,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

/** The header with the cookie of somebody who has signed in. */
export async function signIn(
  server: TestServer,
  name: string,
): Promise<{ readonly cookie: string }> {
  const body = { name, password: samplePassword }
  const answer = await postFromPage(server, '/api/access/sign-in', { body })
  assert.equal(answer.status, 200, await answer.clone().text())
  return { cookie: answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '' }
}

/** The header of HTTP Basic. */
export function basic(name: string, secret: string): { readonly authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}` }
}

/** What a route of the contract has answered. */
export async function readAnswer<Answer>(answer: Response | Promise<Response>): Promise<Answer> {
  const parsed: Answer = JSON.parse(await (await answer).text())
  return parsed
}
