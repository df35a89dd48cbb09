import { describe, expect, test } from 'vitest'

import { parseFilter } from '../../../../src/api/contract/container-filter/parse-filter.ts'

describe('parseFilter()', () => {
  test.each([
    ['', []],
    ['   ', []],
    ['Web', [{ kind: 'word', isNegated: false, text: 'web' }]],
    ['-web', [{ kind: 'word', isNegated: true, text: 'web' }]],
    ['"two words"', [{ kind: 'word', isNegated: false, text: 'two words' }]],
    ['10.0.0.1', [{ kind: 'word', isNegated: false, text: '10.0.0.1' }]],
    [
      'project:Shop',
      [{ kind: 'text', isNegated: false, key: 'project', text: 'shop', isExact: false }],
    ],
    [
      'name:="a b"',
      [
        { kind: 'text', isNegated: false, key: 'name', text: '"a', isExact: true },
        { kind: 'word', isNegated: false, text: 'b"' },
      ],
    ],
    [
      '-state:exited',
      [{ kind: 'text', isNegated: true, key: 'state', text: 'exited', isExact: false }],
    ],
    [
      'service:"my web"',
      [{ kind: 'text', isNegated: false, key: 'service', text: 'my web', isExact: false }],
    ],
    ['name:=web', [{ kind: 'text', isNegated: false, key: 'name', text: 'web', isExact: true }]],
    [
      'nginx:1.27',
      [{ kind: 'text', isNegated: false, key: 'nginx', text: '1.27', isExact: false }],
    ],
    [
      'label.com.Example/team:=Web',
      [
        {
          kind: 'label',
          isNegated: false,
          label: 'com.Example/team',
          text: 'web',
          isExact: true,
        },
      ],
    ],
    [
      '-label."a b:c":"x y"',
      [{ kind: 'label', isNegated: true, label: 'a b:c', text: 'x y', isExact: false }],
    ],
    [
      'label.x@y[0]:z',
      [{ kind: 'label', isNegated: false, label: 'x@y[0]', text: 'z', isExact: false }],
    ],
    ['label:x', [{ kind: 'text', isNegated: false, key: 'label', text: 'x', isExact: false }]],
    ['cpu:>50', [{ kind: 'number', isNegated: false, key: 'cpu', operator: '>', value: 50 }]],
    [
      'cpu:>=12,5%',
      [{ kind: 'number', isNegated: false, key: 'cpu', operator: '>=', value: 12.5 }],
    ],
    [
      '-mem:<1.5GiB',
      [{ kind: 'number', isNegated: true, key: 'mem', operator: '<', value: 1.5 * 2 ** 30 }],
    ],
    [
      'memory:>100MB',
      [{ kind: 'number', isNegated: false, key: 'mem', operator: '>', value: 1e8 }],
    ],
    [
      'netin:>1k/s',
      [{ kind: 'number', isNegated: false, key: 'netin', operator: '>', value: 1024 }],
    ],
    [
      'uptime:<=90m',
      [{ kind: 'number', isNegated: false, key: 'uptime', operator: '<=', value: 5_400_000 }],
    ],
    [
      'restarts:3',
      [{ kind: 'number', isNegated: false, key: 'restarts', operator: '=', value: 3 }],
    ],
  ])('reads %j', (text, terms) => {
    expect(parseFilter(text)).toEqual({ terms, problems: [] })
  })

  test.each([
    ['cpu:>lots', 'badNumber'],
    ['mem:>10XB', 'badNumber'],
    ['cpu:>-5', 'badNumber'],
    ['cpu:50', 'noComparison'],
    ['cpu:', 'noComparison'],
    ['project:', 'noValue'],
    ['project:=', 'noValue'],
    ['label.team:', 'noValue'],
    ['label."a b":"x', 'openQuote'],
    ['name:"web', 'openQuote'],
    ['name:>5', 'onlyText'],
    ['-', 'lonelyMinus'],
  ])('leaves %j out because of %s', (text, kind) => {
    const { terms, problems } = parseFilter(text)
    expect(terms).toEqual([])
    expect(problems).toMatchObject([{ kind, term: text }])
  })
})

describe('a filter that is half readable', () => {
  test('goes on filtering by the rest when a part cannot be read', () => {
    const { terms, problems } = parseFilter('web cpu:>x -state:exited "open')
    expect(terms).toMatchObject([{ text: 'web' }, { key: 'state' }])
    expect(problems).toMatchObject([{ term: 'cpu:>x', example: 'cpu:>50' }, { term: '"open' }])
  })

  test('comes to an end on anything', () => {
    for (const text of [
      '"',
      '""',
      '::',
      ':a',
      '- -',
      'a:"b"c',
      '-:',
      '\u0000',
      'label.:x',
      'label."":x',
      'label."x:y',
      'é:ü',
      'a'.repeat(10_000),
    ]) {
      expect(() => parseFilter(text)).not.toThrow()
    }
  })
})
