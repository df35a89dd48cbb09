import { createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router'
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'

import type { LogRow } from '../../../src/api/contract/logs.ts'
import { sampleLine } from '../testing/log-samples.ts'
import { LogRowView } from './log-row.tsx'

const look = { isWrapped: true, hasDays: false, isOfOne: false, hasHosts: false }

function show(
  different: Partial<LogRow>,
  isOpen = false,
  lookOfIt = look,
): {
  readonly onToggle: ReturnType<typeof vi.fn>
  readonly onChoose: ReturnType<typeof vi.fn>
  readonly onContext: ReturnType<typeof vi.fn>
} {
  const [onToggle, onChoose, onContext] = [vi.fn(), vi.fn(), vi.fn()]
  const router = createRouter({ routeTree: createRootRoute() })
  render(
    <RouterContextProvider router={router}>
      <ol>
        <LogRowView
          row={sampleLine(1, different)}
          look={lookOfIt}
          top={0}
          index={0}
          isOpen={isOpen}
          isChosen={false}
          isMarked={false}
          measure={() => undefined}
          onToggle={onToggle}
          actions={{ onChoose, onContext }}
        />
      </ol>
    </RouterContextProvider>,
  )
  return { onToggle, onChoose, onContext }
}

/** The row of a field in an open line. */
function field(name: string): HTMLElement {
  const row = screen.getByText(name, { selector: 'dt' }).parentElement
  if (row === null) throw new Error(`There is no field ${name}`)
  return row
}

describe('LogRowView', () => {
  test('shows markup in a message as the text that it is', () => {
    show({ message: '<img src=x onerror=alert(1)>\u001b[31m<b>red</b>' })
    const message = document.querySelector('.log-message')
    expect(message?.textContent).toBe('<img src=x onerror=alert(1)><b>red</b>')
    expect(message?.querySelector('img, b')).toBeNull()
    expect(screen.getByText('<b>red</b>').className).toBe('ansi-1')
  })

  test('writes so on a background of any colour that it can be read', () => {
    show({ message: '\u001b[48;2;10;90;200mdark\u001b[0m \u001b[48;5;226mbright\u001b[0m' })
    expect(screen.getByText('dark').style.color).toBe('rgb(255, 255, 255)')
    expect(screen.getByText('bright').style.color).toBe('rgb(0, 0, 0)')
  })

  test('says of which host it is where lines are of several', () => {
    show({ host: 'db' })
    expect(document.querySelector('.log-host')).toBeNull()
    cleanup()
    show({ host: 'db' }, false, { ...look, hasHosts: true })
    expect(document.querySelector('.log-host')?.textContent).toBe('db')
  })

  test('opens at a click on it, and at its button by keyboard', () => {
    const { onToggle } = show({})
    expect(screen.getByRole('button').getAttribute('aria-expanded')).toBe('false')
    expect(screen.queryByText('Host')).toBeNull()
    fireEvent.click(screen.getByText('message 1'))
    fireEvent.click(screen.getByRole('button'))
    expect(onToggle.mock.calls).toEqual([['line-1'], ['line-1']])
  })

  test('cuts a long message, and shows it whole when open', () => {
    show({ message: 'x'.repeat(3000) })
    expect(screen.getByText('show 1,800 more characters')).not.toBeNull()
    cleanup()
    show({ message: 'x'.repeat(3000) }, true)
    expect(screen.getByText('x'.repeat(3000))).not.toBeNull()
  })

  test('shows attributes behind the message, apart from it, until it is open', () => {
    const line = { message: 'job done', attributes: { job: '17', by: '<b>ann b</b>' } }
    show(line)
    const message = document.querySelector('.log-message')
    expect(message?.textContent).toBe('job done  job=17 by="<b>ann b</b>"')
    expect(message?.querySelector('.text-faint')?.textContent).not.toContain('done')
    cleanup()
    show(line, true)
    expect(document.querySelector('.log-message')?.textContent).toBe('job done')
    expect(field('@job').textContent).toContain('17')
    cleanup()
    show({ message: '', attributes: { job: '17' } })
    expect(document.querySelector('.log-message')?.textContent).toBe('job=17')
  })

  test('tells all that is known when open, to the nanosecond, and nothing that is not', () => {
    show(
      {
        timeNanos: 6789,
        image: '',
        attributes: { 'http.status': '500' },
        tags: ['env:prod', 'host:a-host', 'lonely'],
      },
      true,
    )
    expect(field('Time').textContent).toContain('2026-01-02T03:04:05.001006789Z')
    expect(field('@http.status').textContent).toContain('500')
    expect(field('env').textContent).toContain('prod')
    expect(screen.queryByText('Image')).toBeNull()
    expect(screen.getAllByText('a-host')).toHaveLength(1)
    const link = within(field('Container')).getByRole('link', { name: 'web' })
    expect(link.getAttribute('href')).toBe(`/containers/${'a'.repeat(64)}`)
  })

  test('asks for a value, for lines without it, and for the neighbours', () => {
    const { onChoose, onContext } = show({ attributes: { 'a b': '1' } }, true)
    fireEvent.click(screen.getByRole('button', { name: 'Only @a b 1' }))
    fireEvent.click(screen.getByRole('button', { name: 'Without Level info' }))
    expect(onChoose.mock.calls).toEqual([
      [String.raw`@a\ b`, '1', 'included'],
      ['level', 'info', 'excluded'],
    ])
    fireEvent.click(screen.getByRole('button', { name: 'See in context' }))
    expect(onContext).toHaveBeenCalledWith('line-1')
  })

  test('sets out a message that is JSON, and leaves alone one that only begins like it', () => {
    show({ message: '{"a":{"b":1}}' }, true)
    expect(document.querySelector('.log-json')?.textContent).toBe('{\n  "a": {\n    "b": 1\n  }\n}')
    cleanup()
    show({ message: '[warn] not JSON' }, true)
    expect(document.querySelector('.log-json')).toBeNull()
  })
})
