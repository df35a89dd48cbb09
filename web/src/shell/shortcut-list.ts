import type { enKeys } from '../messages/en-keys.ts'

interface Shortcut {
  /** Keys that belong together: as `KeyboardEvent.key` names one, or two in a row: `g c`. */
  readonly keys: readonly string[]
  readonly about: keyof typeof enKeys
  /** The pages that know them, by the name of their path; absent: every page. */
  readonly on?: readonly string[]
}

/** Every key that does something without a field having the focus. Nothing may listen to another, which the types see to. */
export const shortcutList = [
  { keys: ['Mod k'], about: 'help.palette' },
  { keys: ['?'], about: 'help.help' },
  { keys: ['.'], about: 'help.pause' },
  { keys: ['g c'], about: 'help.goContainers' },
  { keys: ['g l'], about: 'help.goLogs' },
  { keys: ['g e'], about: 'help.goEvents' },
  { keys: ['g m'], about: 'help.goMetrics' },
  { keys: ['g d'], about: 'help.goDashboards' },
  { keys: ['g a'], about: 'help.goAgents' },

  { keys: ['/'], about: 'help.filter', on: ['/', '/agents'] },
  { keys: ['/'], about: 'help.search', on: ['/logs', '/events', '/metrics', '/dashboards'] },
  {
    keys: ['j', 'k'],
    about: 'help.rows',
    on: ['/', '/logs', '/events', '/metrics', '/dashboards'],
  },
  { keys: ['Enter'], about: 'help.open', on: ['/', '/logs', '/events', '/metrics', '/dashboards'] },
  { keys: ['v'], about: 'help.map', on: ['/'] },
  { keys: ['t'], about: 'help.past', on: ['/'] },
  { keys: ['b', 'n'], about: 'help.pastSecond', on: ['/'] },
  { keys: ['B', 'N'], about: 'help.pastMinute', on: ['/'] },
  { keys: ['p', ' '], about: 'help.pastPlay', on: ['/'] },
  { keys: ['Escape'], about: 'help.leavePast', on: ['/'] },
  { keys: ['Escape'], about: 'help.leave', on: ['/agents', '/dashboards'] },
  { keys: ['Escape'], about: 'help.back', on: ['/containers/$id', '/dashboards/$id'] },
  { keys: ['Escape'], about: 'help.zoomOut', on: ['/logs', '/events', '/metrics'] },
  { keys: ['f'], about: 'help.fillWidget', on: ['/dashboards/$id'] },
  {
    keys: ['ArrowLeft', 'ArrowRight'],
    about: 'help.shift',
    on: ['/containers/$id', '/logs', '/events', '/metrics', '/dashboards/$id'],
  },
] as const satisfies readonly Shortcut[]

const pagesOfCharts = ['/containers/$id', '/metrics', '/dashboards/$id']
const pagesOfHistograms = ['/logs', '/events']
const pagesOfBoth = [...pagesOfCharts, ...pagesOfHistograms]

/** The keys of the chart or the histogram that has the focus, which go before those of the page. */
const chartShortcuts: readonly (ListedShortcut & Required<Shortcut>)[] = [
  { keys: ['ArrowLeft', 'ArrowRight'], about: 'help.chartMove', on: pagesOfBoth },
  { keys: ['Shift ArrowLeft', 'Shift ArrowRight'], about: 'help.chartLeap', on: pagesOfBoth },
  { keys: ['Home', 'End'], about: 'help.chartEnds', on: pagesOfBoth },
  { keys: [' '], about: 'help.chartSpan', on: pagesOfBoth },
  { keys: ['ArrowUp', 'ArrowDown'], about: 'help.chartEvent', on: pagesOfCharts },
  { keys: ['Enter'], about: 'help.chartOpen', on: pagesOfCharts },
]

/** A key, or two in a row, that something may listen to. */
export type ShortcutKey = (typeof shortcutList)[number]['keys'][number]

/** What the help lists of it. */
export interface ListedShortcut {
  readonly keys: readonly string[]
  readonly about: keyof typeof enKeys
}

/** The keys of every page, those that only the page at a path knows, and those of its charts. */
export function shortcutsOn(path: string): {
  readonly everywhere: readonly ListedShortcut[]
  readonly here: readonly ListedShortcut[]
  readonly onCharts: readonly ListedShortcut[]
} {
  const page = path.replace(/^\/(containers|dashboards)\/.+$/, '/$1/$$id')
  return {
    everywhere: shortcutList.filter((shortcut) => !('on' in shortcut)),
    here: shortcutList.filter(
      (shortcut) => 'on' in shortcut && shortcut.on.some((known) => known === page),
    ),
    onCharts: chartShortcuts.filter(({ on }) => on.includes(page)),
  }
}
