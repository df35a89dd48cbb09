import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { safePath } from './safe-path.ts'

describe('safePath()', () => {
  for (const to of [
    '/',
    '/logs?q=level:error&range=1h',
    '/containers/abc#main',
    '/apis',
    '/sign-ins',
  ])
    test(`leads to ${to}`, () => assert.equal(safePath(to), to))

  test('leads to an address as a browser reads it, which a header can have', () => {
    assert.equal(safePath('/a/../logs?q=é#ü'), '/logs?q=%C3%A9#%C3%BC')
    assert.equal(safePath('/logs\r\nSet-Cookie: a=b'), '/logsSet-Cookie:%20a=b')
  })

  const others = [
    '',
    'logs',
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    '/./\\evil.example',
    '/logs/..//evil.example',
    '/%2e//evil.example',
    '//user@evil.example',
    'javascript:alert(1)',
    '/api/access/sign-out',
    '/x/../api/health',
    '/sign-in?to=/logs',
    '/sign-in',
    '/intake/',
    `/${'a'.repeat(2000)}`,
    `/${'ü'.repeat(1000)}`,
  ]
  for (const to of others)
    test(`does not lead to ${JSON.stringify(to.slice(0, 40))}`, () =>
      assert.equal(safePath(to), '/'))
})
