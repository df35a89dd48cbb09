import type { Me, PersonRow } from '../../../src/api/contract/access.ts'

/** Someone who has signed in with a password, a viewer of everything but for what `different` says. */
export function samplePerson(different: Partial<PersonRow> = {}): PersonRow {
  return { name: 'ann', role: 'viewer', scope: null, via: 'session', ...different }
}

/** What a server says to someone, or to one who has not signed in. */
export function sampleMe(
  person: PersonRow | null,
  ways: Partial<Me['ways']> = { password: true },
): Me {
  return {
    signInNeeded: true,
    person,
    ways: { password: false, token: false, provider: null, ...ways },
  }
}
