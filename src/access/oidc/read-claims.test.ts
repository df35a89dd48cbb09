import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkUserName } from '../names.ts'
import { OidcError } from './oidc-error.ts'
import { claimAt, readName, readRole, type ClaimRules } from './read-claims.ts'

const rules: ClaimRules = {
  nameClaim: 'name',
  roleClaim: 'groups',
  roles: { viewer: ['staff'], editor: ['dev', 'team lead'], admin: ['ops'] },
}

describe('claimAt()', () => {
  const claims = {
    groups: ['a'],
    realm_access: { roles: ['b'] },
    'https://vigie.example/roles': ['c'],
    resource_access: { 'my.client': { roles: ['d'] } },
    'a.b': 'exact',
    a: { b: 'on the way' },
  }
  const found: readonly (readonly [string, unknown])[] = [
    ['groups', ['a']],
    ['realm_access.roles', ['b']],
    ['https://vigie.example/roles', ['c']],
    ['resource_access.my.client.roles', ['d']],
    ['a.b', 'exact'],
    ['groups.length', undefined],
    ['constructor', undefined],
    ['__proto__.constructor', undefined],
    ['nothing.there', undefined],
    ['', undefined],
  ]
  for (const [path, value] of found)
    test(`${path} is ${JSON.stringify(value)}`, () =>
      assert.deepEqual(claimAt(claims, path), value))
})

describe('readRole()', () => {
  const cases: readonly (readonly [unknown, string | undefined])[] = [
    ['staff', 'viewer'],
    [['staff', 'ops', 'dev'], 'admin'],
    ['team lead', 'editor'],
    ['staff ops', undefined],
    [['Ops'], undefined],
    [[['ops']], undefined],
    [{ ops: true }, undefined],
    [[1, null], undefined],
    [undefined, undefined],
  ]
  for (const [groups, role] of cases)
    test(`${JSON.stringify(groups)} gives ${role ?? 'none'}`, () =>
      assert.equal(readRole({ groups }, rules), role))

  test('whoever has none has the one for everybody', () => {
    assert.equal(readRole({}, { ...rules, defaultRole: 'viewer' }), 'viewer')
    assert.equal(readRole({ groups: 'ops' }, { ...rules, defaultRole: 'viewer' }), 'admin')
  })

  test('an address that nobody has verified gives none', () => {
    const byEmail = { ...rules, roleClaim: 'email', roles: { admin: ['ann@example.com'] } }
    const email = 'ann@example.com'
    assert.equal(readRole({ email, email_verified: false }, byEmail), undefined)
    assert.equal(readRole({ email, email_verified: true }, byEmail), 'admin')
  })
})

describe('readName()', () => {
  const cases: readonly (readonly [Record<string, unknown>, string])[] = [
    [{ name: 'ann', preferred_username: 'other' }, 'ann'],
    [{ name: '', preferred_username: 'ann' }, 'ann'],
    [{ name: 7, email: 'ann@example.com' }, 'ann@example.com'],
    [{ sub: 'auth0|5f7c' }, 'auth0-5f7c'],
    [{ name: 'Zoë van der Berg' }, 'Zoë-van-der-Berg'],
    [{ name: '  <ann>\n' }, 'ann'],
    [{ name: '!!!', sub: '-x-' }, 'x'],
    [{ name: 'command line' }, 'command-line'],
    [{ name: '𐐨'.repeat(80) }, '𐐨'.repeat(50)],
  ]
  for (const [claims, name] of cases) {
    test(`${JSON.stringify(claims).slice(0, 60)} is ${name.slice(0, 20)}`, () => {
      assert.equal(readName(claims, rules), name)
      assert.equal(checkUserName(name), name)
    })
  }

  test('nobody is let in without one', () => {
    assert.throws(() => readName({ sub: '???' }, rules), OidcError)
  })
})
