import { expect, test } from 'vitest'

import { exitMeaning } from './exit-meaning.ts'

test.each([
  [0, { kind: 'success' }],
  [1, undefined],
  [9, undefined],
  [125, undefined],
  [126, { kind: 'notExecutable' }],
  [127, { kind: 'notFound' }],
  [128, undefined],
  [130, { kind: 'signal', signal: 'SIGINT', number: 2 }],
  [137, { kind: 'signal', signal: 'SIGKILL', number: 9 }],
  [139, { kind: 'signal', signal: 'SIGSEGV', number: 11 }],
  [143, { kind: 'signal', signal: 'SIGTERM', number: 15 }],
  [255, undefined],
  [-1, undefined],
])('exitMeaning() of %i', (code, meaning) => {
  expect(exitMeaning(code)).toEqual(meaning)
})
