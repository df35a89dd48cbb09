import { describe, expect, test } from 'vitest'

import { parseInlines } from './parse-inlines.ts'
import { parseNote } from './parse-note.ts'

const text = (written: string): object => ({ kind: 'text', text: written })

describe('parseNote()', () => {
  test('reads headings, lists, code, rules and paragraphs', () => {
    const note =
      '# Shop\nfirst\nsecond\n\n- one\n- two\n1. uno\n---\n```sh\n# not a heading\n```\n##### Small'
    expect(parseNote(note)).toEqual([
      { kind: 'heading', level: 1, of: [text('Shop')] },
      { kind: 'paragraph', of: [text('first\nsecond')] },
      { kind: 'list', isNumbered: false, items: [[text('one')], [text('two')]] },
      { kind: 'list', isNumbered: true, items: [[text('uno')]] },
      { kind: 'rule' },
      { kind: 'code', text: '# not a heading' },
      { kind: 'heading', level: 3, of: [text('Small')] },
    ])
  })

  test('reads code that is never closed to the end', () => {
    expect(parseNote('```\na\n\nb')).toEqual([{ kind: 'code', text: 'a\n\nb' }])
  })

  test('has nothing for a note without text', () => {
    expect(parseNote(' \n\r\n')).toEqual([])
  })
})

describe('parseInlines()', () => {
  test.each([
    ['a **b** c', [text('a '), { kind: 'strong', of: [text('b')] }, text(' c')]],
    ['*b*', [{ kind: 'emphasis', of: [text('b')] }]],
    ['**a _b_**', [{ kind: 'strong', of: [text('a '), { kind: 'emphasis', of: [text('b')] }] }]],
    ['`**x**`', [{ kind: 'code', text: '**x**' }]],
    [String.raw`\*a\*`, [text('*a*')]],
    ['docker.cpu.user_time and my_own_name', [text('docker.cpu.user_time and my_own_name')]],
    ['3 * 4 * 5', [text('3 * 4 * 5')]],
    ['**open', [text('**open')]],
    [
      'see https://a.example/b?c=d.',
      [
        text('see '),
        {
          kind: 'link',
          address: 'https://a.example/b?c=d',
          of: [text('https://a.example/b?c=d')],
        },
        text('.'),
      ],
    ],
    [
      '[run book](http://a.example/x)',
      [{ kind: 'link', address: 'http://a.example/x', of: [text('run book')] }],
    ],
  ])('%s', (written, expected) => {
    expect(parseInlines(written)).toEqual(expected)
  })

  test.each([
    '[x](javascript:alert(1))',
    '[x](data:text/html,hi)',
    '<img src=x onerror=alert(1)>',
    '[x](//evil.example)',
  ])('leaves %s as text', (written) => {
    expect(parseInlines(written)).toEqual([text(written)])
  })

  test('takes signs that are opened a thousand times and never closed', () => {
    const written = '[*_`**'.repeat(1000)
    expect(JSON.stringify(parseInlines(written)).length).toBeGreaterThan(1000)
  })
})
