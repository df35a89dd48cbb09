import { fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'

import type { Widget } from '../../../../src/api/contract/dashboards.ts'
import { sampleStore } from '../../testing/samples.ts'
import { showLive } from '../../testing/show-live.tsx'
import { VariablePicker } from './variable-picker.tsx'

const widget: Widget = {
  id: 'top',
  title: 'Top',
  place: { x: 0, y: 0, width: 12, height: 2 },
  type: 'toplist',
  value: { text: 'avg:a.b{$box} by {host}', alias: '', reduce: 'max' },
  format: { isAutoscaled: true },
  limit: 2,
  order: 'desc',
  conditions: [],
}

/** Opens the picker over these values of the server; gives the addresses that were asked. */
async function openPicker(values: readonly string[], chosen = '*'): Promise<readonly string[]> {
  const paths: string[] = []
  vi.stubGlobal('fetch', async (path: string) => {
    paths.push(path)
    const key = 'container name'
    return Response.json({ keys: [{ key, count: values.length, values }] })
  })
  const variable = { name: 'box', tag: 'container name', defaults: [], allowed: [] }
  showLive(
    <VariablePicker
      choice={{ variable, values: [chosen] }}
      widgets={[widget]}
      onChoose={() => undefined}
    />,
    sampleStore([], []),
  )
  fireEvent.click(screen.getByRole('button', { name: /^box:/ }))
  await screen.findByRole('checkbox', { name: values[0] ?? '' })
  return paths
}

function listBoxes(): readonly (string | null)[] {
  return screen.getAllByRole('checkbox').map((box) => box.getAttribute('aria-label'))
}

afterEach(() => vi.unstubAllGlobals())

describe('VariablePicker', () => {
  const names = Array.from({ length: 640 }, (_, index) => `web-${index + 1}`)

  test('asks for a thousand values of the one key', async () => {
    expect(await openPicker(['web-1'])).toEqual([
      '/api/metrics/a.b/tags?key=container+name&limit=1000',
    ])
  })

  test('says that there are more than it shows, and finds them by typing', async () => {
    await openPicker(names)
    expect(screen.getByRole('status').textContent).toContain('200 of 640 values are shown')
    expect(listBoxes()).not.toContain('web-633')
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'web-633' } })
    expect(listBoxes()).toEqual(['web-633'])
    expect(screen.getByRole('status').textContent).toBe('')
  })

  test('shows what is chosen, however far down it is', async () => {
    await openPicker(names, 'web-500')
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'web-500' }).checked).toBe(true)
  })
})
