import { describe, expect, test } from 'vitest'

import { wayBack } from './way-back.ts'

const origin = 'https://vigie.example'

describe('wayBack()', () => {
  test.each(['/', '/logs?q=level:error&range=1h', '/containers/abc#main', '/?host=a'])(
    'leads to %s',
    (to) => expect(wayBack(to, origin)).toBe(to),
  )

  test.each([
    undefined,
    '',
    'logs',
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    '/logs/..//evil.example',
    'javascript:alert(1)',
    '/api/access/sign-out',
    '/x/../api/health',
    '/sign-in?to=/logs',
  ])('does not lead to %s', (to) => expect(wayBack(to, origin)).toBe('/'))
})
