import type { SignInFault } from '../../../../src/api/contract/access.ts'
import { say, type AccessMessageKey } from '../../messages/access.ts'

const sentences: Readonly<Record<SignInFault, AccessMessageKey>> = {
  away: 'signIn.fault.away',
  busy: 'signIn.fault.busy',
  denied: 'signIn.fault.denied',
  expired: 'signIn.fault.expired',
  refused: 'signIn.fault.refused',
  invalid: 'signIn.fault.invalid',
  'no-name': 'signIn.fault.noName',
  'no-role': 'signIn.fault.noRole',
  'name-taken': 'signIn.fault.nameTaken',
  full: 'signIn.fault.full',
}

/** Why the way through the provider has not led in; anybody can put a word into the address, so one that is none of ours is not repeated. */
export function faultText(fault: string, provider: string | null): string {
  const key = new Map<string, AccessMessageKey>(Object.entries(sentences)).get(fault)
  if (key === undefined || provider === null) return say('signIn.providerFailed')
  return say(key, { provider })
}
