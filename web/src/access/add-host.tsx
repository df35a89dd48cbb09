import { Suspense, useState, type ReactElement } from 'react'

import { useIsAdmin } from '../data/me.ts'
import { useSearch, useSetSearch } from '../data/search.ts'
import { lazyPart } from '../elements/lazy-part.ts'
import { say } from '../messages/message.ts'

const AddHostDialog = lazyPart(async () => (await import('./add-host-dialog.tsx')).AddHostDialog)

/** Shows how another host is added, to those who may; nothing to others. */
export function AddHost(): ReactElement | null {
  const isAdmin = useIsAdmin()
  const [isOpen, setOpen] = useState(false)
  // The palette leads here from other pages.
  const { add } = useSearch() as Partial<Record<string, string>>
  const setSearch = useSetSearch()
  function close(): void {
    setOpen(false)
    if (add !== undefined) setSearch({ add: undefined })
  }
  if (!isAdmin) return null
  return (
    <>
      <button
        type="button"
        className="main-action justify-self-start"
        onClick={() => setOpen(true)}
      >
        {say('addHost.do')}
      </button>
      {(isOpen || add === 'host') && (
        <Suspense>
          <AddHostDialog onClose={close} />
        </Suspense>
      )}
    </>
  )
}
