import { lazy, Suspense, useState, type ReactElement } from 'react'

import { useIsAdmin } from '../data/me.ts'
import { say } from '../messages/message.ts'

const AddHostDialog = lazy(async () => {
  const { AddHostDialog: element } = await import('./add-host-dialog.tsx')
  return { default: element }
})

/** Shows how another host is added, to those who may; nothing to others. */
export function AddHost(): ReactElement | null {
  const isAdmin = useIsAdmin()
  const [isOpen, setOpen] = useState(false)
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
      {isOpen && (
        <Suspense>
          <AddHostDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
