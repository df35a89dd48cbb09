import { Outlet, useRouterState } from '@tanstack/react-router'
import { Suspense, useEffect, useState, type ReactElement } from 'react'

import { useLink } from '../data/live.ts'
import { useMe } from '../data/me.ts'
import { addressOf, useGoTo, useSearch } from '../data/search.ts'
import { BookmarkIcon, LogoIcon } from '../elements/icon.tsx'
import { InnerLink } from '../elements/inner-link.tsx'
import { lazyPart } from '../elements/lazy-part.ts'
import { say } from '../messages/message.ts'
import type { Page } from '../pages/define-page.ts'
import { useMoment } from '../past/use-moment.ts'
import { HostPicker } from './host-picker.tsx'
import { LinkBanner, LinkButton, PastButton, useTogglePause } from './link-status.tsx'
import { NewerVersion } from './newer-version.tsx'
import { PaletteButton } from './palette-button.tsx'
import { useShortcuts } from './shortcuts.ts'
import { signInPath, useSignInGate } from './sign-in-gate.ts'
import { markWindow } from './title-window.ts'

const AccountMenu = lazyPart(async () => (await import('./account-menu.tsx')).AccountMenu)

const HelpDialog = lazyPart(async () => (await import('./help-dialog.tsx')).HelpDialog)
const ViewsDialog = lazyPart(async () => (await import('../views/views-dialog.tsx')).ViewsDialog)

/** What stands around every page: navigation, whether it is live, the keys that work everywhere. */
export function Shell({ pages }: { readonly pages: readonly Page[] }): ReactElement {
  const path = useRouterState({ select: (state) => state.location.pathname })
  useSignInGate()
  return path === signInPath ? <Content /> : <Surroundings pages={pages} path={path} />
}

function Surroundings(props: ShellProps): ReactElement {
  const { pages, path } = props
  const isPast = useMoment().kind === 'second' && path === '/'
  const [opened, setOpened] = useState<'help' | 'views'>()
  const help = (): void => setOpened('help')
  const share = (): void => setOpened('views')
  const close = (): void => setOpened(undefined)
  useGlobalShortcuts(pages, help)
  useMarkedWindow()
  return (
    <>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-40 focus:bg-panel focus:p-2"
      >
        {say('app.skip')}
      </a>
      <header className="flex flex-none items-center gap-2 border-b border-line bg-panel px-3 max-sm:flex-wrap max-sm:pt-2 sm:h-12 sm:gap-5 sm:px-5">
        <InnerLink
          href={addressOf('/')}
          className="flex items-center gap-2 text-[0.9375rem] font-semibold tracking-tight"
        >
          <LogoIcon />
          <span className="max-lg:sr-only">Vigie</span>
        </InnerLink>
        <Navigation {...props} />
        <div className="ml-auto flex min-w-0 flex-none items-center gap-2">
          <HostPicker />
          <PaletteButton pages={pages} shell={{ help, share }} />
          <button
            type="button"
            className="control px-2"
            aria-label={say('app.share')}
            title={say('app.share')}
            aria-haspopup="dialog"
            onClick={share}
          >
            <BookmarkIcon />
          </button>
          {isPast ? <PastButton /> : <LinkButton />}
          <button
            type="button"
            className="control max-sm:hidden"
            aria-label={say('app.help')}
            title={`${say('app.help')} (?)`}
            onClick={help}
          >
            ?
          </button>
          <Account />
        </div>
      </header>
      <LinkBanner />
      <NewerVersion />
      {/* What a page keeps in sight while the rest of it scrolls. */}
      <div id="page-bar" className="flex-none" />
      <Content />
      <Suspense>
        {opened === 'help' && <HelpDialog path={path} onClose={close} />}
        {opened === 'views' && <ViewsDialog onClose={close} />}
      </Suspense>
    </>
  )
}

function Content(): ReactElement {
  const link = useLink()
  return (
    <main
      id="main"
      tabIndex={-1}
      data-link={link.kind}
      className="@container min-h-0 flex-1 overflow-auto outline-none"
    >
      <Suspense fallback={<p className="p-5 text-soft">{say('app.loading')}</p>}>
        <Outlet />
      </Suspense>
    </main>
  )
}

/** Says in the window's title that nothing is heard; who has yet to sign in hears nothing for a better reason. */
function useMarkedWindow(): void {
  const isLost = useLink().kind === 'lost'
  useEffect(() => {
    markWindow(isLost)
    return () => markWindow(false)
  }, [isLost])
}

/** Who has signed in; nothing where nobody has to. */
function Account(): ReactElement | null {
  const me = useMe()
  if (me?.person == null || !me.signInNeeded) return null
  return (
    <Suspense>
      <AccountMenu person={me.person} />
    </Suspense>
  )
}

interface ShellProps {
  readonly pages: readonly Page[]
  /** Of the page that is shown. */
  readonly path: string
}

function Navigation({ pages, path }: ShellProps): ReactElement {
  // The links carry parts of the address with them.
  useSearch()
  return (
    <nav
      aria-label={say('app.navigation')}
      className="flex min-w-0 items-stretch overflow-x-auto [scrollbar-width:none] max-sm:order-1 max-sm:-mx-3 max-sm:h-10 max-sm:w-screen max-sm:px-1 sm:h-full"
    >
      {pages
        .filter((page) => page.shortcut !== undefined)
        .map((page) => (
          <InnerLink
            key={page.path}
            href={addressOf(page.path)}
            isCurrent={isWithin(page, path)}
            className="flex flex-none items-center gap-1.5 whitespace-nowrap border-b-2 border-transparent px-2.5 text-soft hover:text-ink aria-[current=page]:border-ink aria-[current=page]:text-ink max-lg:px-1.5"
          >
            <span className="max-lg:hidden">
              <page.icon />
            </span>
            {say(page.title)}
          </InnerLink>
        ))}
    </nav>
  )
}

/** Whether an address is that of a page, or of one that is reached from it. */
function isWithin(page: Page, path: string): boolean {
  return path === page.path || (page.below !== undefined && path.startsWith(page.below))
}

function useGlobalShortcuts(pages: readonly Page[], openHelp: () => void): void {
  const goTo = useGoTo()
  const togglePause = useTogglePause()
  const leading = pages.flatMap(({ path, shortcut }) =>
    shortcut === undefined ? [] : [[`g ${shortcut}`, () => goTo(path)] as const],
  )
  useShortcuts({ ...Object.fromEntries(leading), '?': openHelp, '.': togglePause })
}
