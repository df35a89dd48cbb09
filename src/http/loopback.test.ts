import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bareHost, isLoopback } from './loopback.ts'

describe('isLoopback()', () => {
  const own = [
    'localhost',
    'LOCALHOST:8127',
    'localhost.',
    'vigie.localhost',
    '127.0.0.1',
    '127.8.9.1:80',
    '::1',
    '[::1]:8127',
    '::ffff:127.0.0.1',
  ]
  for (const host of own) {
    test(`takes ${host} for this machine`, () => assert.equal(isLoopback(host), true))
  }
  const others = [
    '',
    '0.0.0.0',
    '::',
    '10.0.0.1',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '127.evil',
    '[::2]:1',
    '1.127.0.0',
  ]
  for (const host of others) {
    test(`does not take "${host}" for this machine`, () => assert.equal(isLoopback(host), false))
  }
})

describe('bareHost()', () => {
  for (const [host, bare] of [
    ['Vigie.Example:8127', 'vigie.example'],
    ['[2001:db8::1]:80', '2001:db8::1'],
    ['2001:db8::1', '2001:db8::1'],
    ['10.0.0.1', '10.0.0.1'],
  ] as const) {
    test(`leaves ${bare} of ${host}`, () => assert.equal(bareHost(host), bare))
  }
})
