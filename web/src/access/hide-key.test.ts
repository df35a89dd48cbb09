import { describe, expect, test } from 'vitest'

import { hideKey } from './hide-key.ts'

describe('hideKey()', () => {
  test('leaves only the end, wherever the key stands', () => {
    const key = '0123456789abcdef0123456789abcdef'
    const text = `VIGIE_SERVER_KEY=${key} run\nkey: "${key}"`
    expect(hideKey(text, 'bcdef')).toBe('VIGIE_SERVER_KEY=••••••••bcdef run\nkey: "••••••••bcdef"')
  })

  test('leaves other long words alone', () => {
    expect(hideKey('/var/run/docker-containers-sock abcdef', 'bcdef')).toBe(
      '/var/run/docker-containers-sock abcdef',
    )
  })
})
