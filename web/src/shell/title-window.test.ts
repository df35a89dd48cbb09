import { afterEach, describe, expect, test } from 'vitest'

import { markWindow, titleWindow } from './title-window.ts'

afterEach(() => markWindow(false))

describe('titleWindow() and markWindow()', () => {
  test('name the page, and keep the mark from page to page until the server is back', () => {
    titleWindow('Logs')
    expect(document.title).toBe('Logs · Vigie')
    markWindow(true)
    expect(document.title).toBe('⚠ Logs · Vigie')
    titleWindow('shop-web')
    expect(document.title).toBe('⚠ shop-web · Vigie')
    markWindow(false)
    expect(document.title).toBe('shop-web · Vigie')
  })
})
