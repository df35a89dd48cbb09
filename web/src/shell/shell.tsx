import { Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useState, type ReactElement } from 'react'

import { useLink } from '../data/live.ts'
import { useMe } from '../data/me.ts'
import { addressOf, useGoTo, useSearch } from '../data/search.ts'
import { LogoIcon } from '../elements/icon.tsx'
import { InnerLink } from '../elements/inner-link.tsx'
import { say } from '../messages/message.ts'
import type { Page } from '../pages/define-page.ts'
import { HelpDialog } from './help-dialog.tsx'
import { HostPicker } from './host-picker.tsx'
import { LinkBanner, LinkButton, useTogglePause } from './link-status.tsx'
import { useShortcuts } from './shortcuts.ts'
import { signInPath, useSignInGate } from './sign-in-gate.ts'

const AccountMenu = lazy(async () => {
  const { AccountMenu: element } = await import('./account-menu.tsx')
  return { default: element }
})

/** What stands around every page: navigation, whether it is live, the keys that work everywhere. */
export function Shell({ pages }: { readonly pages: readonly Page[] }): ReactElement {
  const path = useRouterState({ select: (state) => state.location.pathname })
  useSignInGate()
  return path === signInPath ? <Content /> : <Surroundings pages={pages} path={path} />
}

function Surroundings(props: ShellProps): ReactElement {
  const { pages } = props
  const [isHelpOpen, setHelpOpen] = useState(false)
  useGlobalShortcuts(pages, () => setHelpOpen(true))
  return (
    <>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-40 focus:bg-panel focus:p-2"
      >
        {say('app.skip')}
      </a>
      <header className="shell-head flex h-12 flex-none items-center gap-2 border-b border-line bg-panel px-3 sm:gap-5 sm:px-5">
        <InnerLink
          href={addressOf('/')}
          className="flex items-center gap-2 text-[0.9375rem] font-semibold tracking-tight"
        >
          <LogoIcon />
          <span className="max-sm:sr-only">Vigie</span>
        </InnerLink>
        <Navigation {...props} />
        <div className="ml-auto flex min-w-0 flex-none items-center gap-2">
          <HostPicker />
          <LinkButton />
          <button
            type="button"
            className="control max-sm:hidden"
            aria-label={say('app.help')}
            title={`${say('app.help')} (?)`}
            onClick={() => setHelpOpen(true)}
          >
            ?
          </button>
          <Account />
        </div>
      </header>
      <LinkBanner />
      <Content />
      {isHelpOpen && <HelpDialog onClose={() => setHelpOpen(false)} />}
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
      className="flex h-full min-w-0 items-stretch overflow-x-auto [scrollbar-width:none]"
    >
      {pages
        .filter((page) => page.shortcut !== undefined)
        .map((page) => (
          <InnerLink
            key={page.path}
            href={addressOf(page.path)}
            isCurrent={isWithin(page, path)}
            className="flex items-center gap-1.5 border-b-2 border-transparent px-2.5 text-soft hover:text-ink aria-[current=page]:border-ink aria-[current=page]:text-ink max-sm:px-2"
          >
            <span className="max-sm:hidden">
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
