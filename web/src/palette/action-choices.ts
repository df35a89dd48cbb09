import type { Me } from '../../../src/api/contract/access.ts'
import type { Link } from '../data/live-store.ts'
import type { Search } from '../data/search.ts'
import { ActionIcon, ContainersIcon } from '../elements/icon.tsx'
import { language } from '../messages/message.ts'
import { say } from '../messages/palette.ts'
import { rangeNames, type RangeName } from '../ranges/time-range.ts'
import { makeChoice, type Choice } from './choice.ts'
import type { GoTo } from './place-choices.ts'

/** What the palette can do, besides going to places. */
export interface Deeds {
  readonly goTo: GoTo
  readonly togglePause: () => void
  readonly chooseRange: (name: RangeName) => void
  /** Opens the dialog with the address and the saved views. */
  readonly share: () => void
  readonly help: () => void
  /** Shows the pages in another language, which loads them anew. */
  readonly speak: (language: string) => void
  readonly signOut: () => void
}

const groupings = ['project', 'service', 'image', 'host'] as const
/** How far back one is taken at first. */
const firstStepBackS = 60

/** What can be done now, here and by whom. */
export function actionChoices(
  now: {
    readonly link: Link['kind']
    readonly nowMs: number
    /** Whether the page that is shown has a time range. */
    readonly hasRange: boolean
    readonly me: Me | undefined
  },
  deeds: Deeds,
): readonly Choice[] {
  const { link, nowMs, hasRange, me } = now
  const past: Search = { at: String(Math.floor(nowMs / 1000) - firstStepBackS) }
  return [
    link === 'paused'
      ? action('resume', '.', deeds.togglePause)
      : action('pause', '.', deeds.togglePause),
    action('share', '', deeds.share),
    ...(hasRange ? rangeNames.map((name) => rangeChoice(name, deeds.chooseRange)) : []),
    action('map', '', () => deeds.goTo('/', { view: 'map' })),
    action('past', '', () => deeds.goTo('/', past)),
    ...groupings.map((group) =>
      makeChoice({
        id: `group:${group}`,
        section: 'actions',
        text: say('palette.group', { what: say(`palette.by.${group}`) }),
        icon: ContainersIcon,
        run: () => deeds.goTo('/', { group }),
      }),
    ),
    ...(me?.person?.role === 'admin'
      ? [action('addHost', '', () => deeds.goTo('/agents', { add: 'host' }))]
      : []),
    action('language', '', () => deeds.speak(language === 'fr' ? 'en' : 'fr')),
    action('help', '?', deeds.help),
    ...(me?.person?.via === 'session' ? [action('signOut', '', deeds.signOut)] : []),
  ]
}

type ActionName =
  | 'pause'
  | 'resume'
  | 'share'
  | 'map'
  | 'past'
  | 'addHost'
  | 'language'
  | 'help'
  | 'signOut'

/** The same action has one place in what was chosen lately, whichever way it goes at present. */
function action(name: ActionName, shortcut: string, run: () => void): Choice {
  return makeChoice({
    id: `action:${name === 'resume' ? 'pause' : name}`,
    section: 'actions',
    text: say(`palette.${name}`),
    detail: shortcut,
    alsoFoundBy: [say(`palette.${name}Also`)],
    icon: ActionIcon,
    run,
  })
}

function rangeChoice(name: RangeName, choose: (name: RangeName) => void): Choice {
  return makeChoice({
    id: `range:${name}`,
    section: 'actions',
    text: say('palette.range', { range: say(`range.${name}`) }),
    icon: ActionIcon,
    run: () => choose(name),
  })
}
