import { describe, expect, test } from 'vitest'

import { makeChoice, type Choice, type Section } from './choice.ts'
import { rankChoices } from './rank-choices.ts'

const nothing = (): null => null

function choice(
  section: Exclude<Section, 'recent'>,
  text: string,
  more: Partial<Choice> & { readonly alsoFoundBy?: readonly string[] } = {},
): Choice {
  return makeChoice({
    id: `${section}:${text}`,
    section,
    text,
    icon: nothing,
    run: nothing,
    ...more,
  })
}

const choices = [
  choice('pages', 'Logs'),
  choice('pages', 'Containers'),
  choice('actions', 'Pause'),
  choice('containers', 'shop-web', { detail: 'nginx:1.27', idDigits: 'abc123def' }),
  choice('containers', 'shop-db', { detail: 'postgres:17', alsoFoundBy: ['db-host'] }),
  choice('containers', 'logger', { detail: 'fluent-bit' }),
  choice('logs', 'Search the logs', { isAlways: true }),
]

function listed(typed: string, recent: readonly string[] = []): readonly string[] {
  return rankChoices(choices, typed, recent).map(
    ({ section, shown }) => `${section}: ${shown.map((ranked) => ranked.choice.text).join(', ')}`,
  )
}

describe('rankChoices()', () => {
  test('lists all that is useful while nothing is typed', () => {
    expect(listed('')).toEqual([
      'pages: Logs, Containers',
      'actions: Pause',
      'containers: shop-web, shop-db, logger',
    ])
  })

  test('has what was chosen lately first, and only once', () => {
    expect(listed('', ['actions:Pause', 'gone', 'containers:shop-db'])).toEqual([
      'recent: Pause, shop-db',
      'pages: Logs, Containers',
      'containers: shop-web, logger',
    ])
  })

  test.each([
    ['log', ['pages: Logs', 'containers: logger', 'logs: Search the logs']],
    ['shop', ['containers: shop-db, shop-web', 'logs: Search the logs']],
    ['postgres', ['containers: shop-db', 'logs: Search the logs']],
    ['abc1', ['containers: shop-web', 'logs: Search the logs']],
    ['shop host', ['containers: shop-db', 'logs: Search the logs']],
    ['nothing like it', ['logs: Search the logs']],
  ])('%j finds %j', (typed, expected) => {
    expect(listed(typed)).toEqual(expected)
  })

  test('prefers what was chosen lately among what answers alike', () => {
    expect(listed('shop', ['containers:shop-web'])[0]).toBe('containers: shop-web, shop-db')
  })

  test('shows the best few and counts them all', () => {
    const many = Array.from({ length: 500 }, (_, index) => choice('containers', `job-${index}`))
    const [section] = rankChoices(many, 'job', [])
    expect(section?.shown.length).toBe(7)
    expect(section?.count).toBe(500)
  })
})
