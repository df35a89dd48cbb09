import { expect, test } from 'vitest'

import { scopeSearch } from './scope-search.ts'

test.each([
  ['avg:a.b{service:web,!env:dev} by {host}', 'service:web -env:dev'],
  ['avg:a.b{service:web}, sum:c.d{host:one}', '((service:web) OR (host:one))'],
  ['avg:a.b{service:web} / avg:c.d{service:web}', '((service:web))'],
])('%s is about %s', (query, search) => {
  expect(scopeSearch(query)).toBe(search)
})

test.each([
  'avg:a.b{*}',
  'avg:a.b{service:web}, avg:c.d{*}',
  'avg:a.b{service IN (a,b)}',
  'avg:a.b{service:web AND env:dev}',
  'avg:',
])('%s leaves nothing out', (query) => {
  expect(scopeSearch(query)).toBe('')
})
