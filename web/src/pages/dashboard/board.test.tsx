import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterContextProvider,
} from '@tanstack/react-router'
import { fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import type { DashboardAnswer, Widget } from '../../../../src/api/contract/dashboards.ts'
import { readSearch, writeSearch } from '../../data/search.ts'
import { sampleStore } from '../../testing/samples.ts'
import { showLive } from '../../testing/show-live.tsx'
import { Board } from './board.tsx'

const place = { x: 0, y: 0, width: 12, height: 2 }

function valueWidget(id: string, query: string): Widget {
  return {
    id,
    title: id,
    place,
    type: 'query_value',
    value: { text: query, alias: '', reduce: 'avg' },
    format: { isAutoscaled: true },
    conditions: [{ comparator: '>', value: 10, state: 'critical' }],
  }
}

const toplist: Widget = {
  id: 'top',
  title: 'Top',
  place: { ...place, y: 4 },
  type: 'toplist',
  value: { text: 'avg:a.b{$host} by {host}', alias: '', reduce: 'max' },
  format: { isAutoscaled: true },
  limit: 2,
  order: 'desc',
  conditions: [],
}

const table: Widget = {
  id: 'table',
  title: 'Table',
  place,
  type: 'query_table',
  columns: [
    {
      text: 'avg:a.b{*} by {host}',
      alias: 'Used',
      reduce: 'avg',
      format: { isAutoscaled: true },
      conditions: [],
    },
  ],
  limit: 10,
  order: 'desc',
  orderBy: 0,
}

function dashboardOf(widgets: readonly Widget[]): DashboardAnswer {
  return {
    id: 'x',
    title: 'Shop',
    description: '',
    widgetCount: widgets.length,
    isShipped: false,
    variables: [{ name: 'host', tag: 'host', defaults: [], allowed: ['web1', 'web2'] }],
    widgets,
    leftOut: [{ type: 'iframe', title: 'Weather', reason: 'pages of others are not shown' }],
  }
}

let isInSight = true

class FixedObserver {
  readonly #tell: IntersectionObserverCallback
  constructor(tell: IntersectionObserverCallback) {
    this.#tell = tell
  }
  observe(): void {
    // Only that is read of an entry, and nothing of the observer.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const entries = [{ isIntersecting: isInSight }] as IntersectionObserverEntry[]
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    this.#tell(entries, this as unknown as IntersectionObserver)
  }
  disconnect(): void {}
}

beforeEach(() => {
  isInSight = true
  vi.stubGlobal('IntersectionObserver', FixedObserver)
})
afterEach(() => vi.unstubAllGlobals())

/** Shows a dashboard; gives the queries that the server is asked, which it answers with these values for hosts. */
function show(
  widgets: readonly Widget[],
  options: { readonly search?: string; readonly values?: readonly number[] } = {},
): readonly string[] {
  const { search = '', values = [1, 3, 2] } = options
  const asked: string[] = []
  vi.stubGlobal('fetch', async (_path: string, { body }: { readonly body: string }) => {
    // What `askScalars` writes.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const question = JSON.parse(body) as {
      data: { attributes: { queries: readonly { query: string }[] } }
    }
    const { queries } = question.data.attributes
    asked.push(...queries.map(({ query }) => query))
    const hosts = values.map((_value, index) => [`host-${index}`])
    const columns = [
      ...(queries[0]?.query.includes(' by ')
        ? [{ type: 'group', name: 'host', values: hosts }]
        : []),
      { type: 'number', name: 'query0', values, meta: { unit: null } },
    ]
    return Response.json({ data: { attributes: { columns } } })
  })
  const router = createRouter({
    routeTree: createRootRoute(),
    history: createMemoryHistory({ initialEntries: [`/${search}`] }),
    parseSearch: readSearch,
    stringifySearch: writeSearch,
  })
  const board = (
    <RouterContextProvider router={router}>
      <Board dashboard={dashboardOf(widgets)} />
    </RouterContextProvider>
  )
  showLive(board, sampleStore([], []))
  return asked
}

describe('Board', () => {
  test('asks with the template variables of the address, and shows value, unit and state', async () => {
    const asked = show([valueWidget('Load', 'avg:a.b{$host}')], {
      search: '?tpl_host=web1',
      values: [42],
    })
    const widget = screen.getByRole('region', { name: 'Load' })
    expect(await within(widget).findByText('42')).toBeTruthy()
    expect(within(widget).getByText('critical')).toBeTruthy()
    expect(asked).toEqual(['avg:a.b{host:web1}'])
    expect(screen.getByRole('button', { name: 'host: web1' })).toBeTruthy()
  })

  test('asks about the chosen host only', async () => {
    const asked = show([valueWidget('Load', 'avg:a.b{$host}')], {
      search: '?host=web1',
      values: [42],
    })
    await within(screen.getByRole('region', { name: 'Load' })).findByText('42')
    expect(asked).toEqual(['avg:a.b{host:web1}'])
  })

  test('asks nothing for widgets that are out of sight', () => {
    isInSight = false
    const asked = show([valueWidget('Load', 'avg:a.b{$host}')])
    expect(screen.getByRole('region', { name: 'Load' })).toBeTruthy()
    expect(asked).toEqual([])
  })

  test('lists the highest of a toplist, and how many there are', async () => {
    show([toplist])
    const rows = await screen.findAllByRole('row')
    expect(rows.map((row) => row.textContent)).toEqual(['hostValue', 'host-13', 'host-22'])
    expect(screen.getByText('2 of 3 groups')).toBeTruthy()
  })

  test('sorts a table as the address says', async () => {
    show([table], { search: '?sort_table=-1asc' })
    const rows = await screen.findAllByRole('rowheader')
    expect(rows.map((row) => row.textContent)).toEqual(['host-0', 'host-1', 'host-2'])
    const head = screen.getByRole('columnheader', { name: /host/ })
    expect(head.getAttribute('aria-sort')).toBe('ascending')
  })

  test('says which widgets are left out, and why', () => {
    show([])
    const summary = screen.getByText(
      '1 widget of this dashboard is of a kind that is not shown: iframe',
    )
    expect(summary.parentElement?.textContent).toContain('Weather pages of others are not shown')
  })

  test('leaves out what a folded group holds', () => {
    const group: Widget = {
      id: 'g',
      title: 'Group',
      place,
      type: 'group',
      widgets: [valueWidget('Inside', 'avg:a.b{*}')],
    }
    show([group], { search: '?fold=g' })
    expect(screen.getByRole('button', { name: 'Group' }).getAttribute('aria-expanded')).toBe(
      'false',
    )
    expect(screen.queryByRole('region', { name: 'Inside' })).toBeNull()
  })

  test('shows one widget of a group alone', () => {
    const group: Widget = {
      id: 'g',
      title: 'Group',
      place,
      type: 'group',
      widgets: [valueWidget('Inside', 'avg:a.b{*}'), valueWidget('Beside', 'avg:c.d{*}')],
    }
    show([group], { search: '?widget=Inside' })
    expect(screen.getByRole('region', { name: 'Inside' })).toBeTruthy()
    expect(screen.queryByRole('region', { name: 'Beside' })).toBeNull()
    expect(screen.getByRole('button', { name: /^Back to the whole dashboard/ })).toBeTruthy()
  })

  test('shows HTML in a note as the text it is', () => {
    const note: Widget = {
      id: 'n',
      title: 'Words',
      place,
      type: 'note',
      text: '# Shop\n<img src=x onerror="alert(1)"> [x](javascript:alert(1))',
      align: 'left',
      size: 14,
    }
    show([note])
    const words = screen.getByRole('group', { name: 'Words' })
    expect(words.querySelector('img, a')).toBeNull()
    expect(words.textContent).toContain('<img src=x')
    expect(screen.getByRole('heading', { name: 'Shop', level: 3 })).toBeTruthy()
  })

  test('offers the values that a variable allows', () => {
    show([])
    fireEvent.click(screen.getByRole('button', { name: 'host: all' }))
    const boxes = screen.getAllByRole('checkbox')
    expect(boxes.map((box) => box.getAttribute('aria-label'))).toEqual([
      'All values',
      'web1',
      'web2',
    ])
  })
})
