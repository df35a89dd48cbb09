import { Outlet, useRouterState } from '@tanstack/react-router'
import { Suspense, useState, type ReactElement } from 'react'

import { useLink } from '../data/live.ts'
import { addressOf, useGoTo } from '../data/search.ts'
import { LogoIcon } from '../elements/icon.tsx'
import { InnerLink } from '../elements/inner-link.tsx'
import { say } from '../messages/message.ts'
import type { Page } from '../pages/define-page.ts'
import { HelpDialog } from './help-dialog.tsx'
import { LinkBanner, LinkButton, useTogglePause } from './link-status.tsx'
import { useShortcuts } from './shortcuts.ts'

/** What stands around every page: navigation, whether it is live, the keys that work everywhere. */
export function Shell({ pages }: { readonly pages: readonly Page[] }): ReactElement {
  const [isHelpOpen, setHelpOpen] = useState(false)
  const link = useLink()
  useGlobalShortcuts(pages, () => setHelpOpen(true))
  return (
    <>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-40 focus:bg-panel focus:p-2"
      >
        {say('app.skip')}
      </a>
      <header className="flex h-12 flex-none items-center gap-2 border-b border-line bg-panel px-3 sm:gap-5 sm:px-5">
        <InnerLink
          href={addressOf('/')}
          className="flex items-center gap-2 text-[0.9375rem] font-semibold tracking-tight"
        >
          <LogoIcon />
          <span className="max-sm:sr-only">Vigie</span>
        </InnerLink>
        <Navigation pages={pages} />
        <div className="ml-auto flex flex-none items-center gap-2">
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
        </div>
      </header>
      <LinkBanner />
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
      {isHelpOpen && <HelpDialog onClose={() => setHelpOpen(false)} />}
    </>
  )
}

function Navigation({ pages }: { readonly pages: readonly Page[] }): ReactElement {
  const path = useRouterState({ select: (state) => state.location.pathname })
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
            isCurrent={page.path === path}
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

function useGlobalShortcuts(pages: readonly Page[], openHelp: () => void): void {
  const goTo = useGoTo()
  const togglePause = useTogglePause()
  const leading = pages.flatMap(({ path, shortcut }) =>
    shortcut === undefined ? [] : [[`g ${shortcut}`, () => goTo(path)] as const],
  )
  useShortcuts({ ...Object.fromEntries(leading), '?': openHelp, '.': togglePause })
}
