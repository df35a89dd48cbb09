import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'

import { useLink, useLive } from '../data/live.ts'
import type { LiveStore } from '../data/live-store.ts'
import { useSetSearch } from '../data/search.ts'
import { askPast } from './ask-past.ts'
import { writeMoment } from './moment.ts'
import { createPacedWriter } from './paced-writer.ts'
import { Player, type PlayerState } from './player.ts'
import { useMoment } from './use-moment.ts'

/** What is newer than this has not all come in yet; the server shows nothing newer either. */
const settleS = 2
const addressEveryMs = 1000

/** A player that shows the moment of the address in a store, and the address follows it. */
export function usePlayer(store: LiveStore): {
  readonly player: Player
  readonly state: PlayerState
  /** Goes to a second that the reader chose: the address says so, also where its picture was ready. */
  readonly choose: (atS: number) => void
} {
  const live = useLive()
  const moment = useMoment()
  const setSearch = useSetSearch()
  const latestS = (): number => Math.floor(live.store.nowMs() / 1000) - settleS
  const [player] = useState(() => {
    const atS = moment.kind === 'second' ? moment.atS : latestS()
    return new Player({
      store,
      ask: askPast,
      latestS,
      elapsedMs: () => performance.now(),
      isSeen: () => !document.hidden,
      atS,
    })
  })
  const [address] = useState(() =>
    createPacedWriter(
      (atS: number) => setSearch(writeMoment({ kind: 'second', atS })),
      addressEveryMs,
    ),
  )
  const state = useSyncExternalStore(player.onState, player.state)
  const preparedS = useRef<number>(undefined)
  useEffect(() => {
    // With the bar open at the present, the picture is made ready for the first step back.
    if (moment.kind !== 'second') preparedS.current = shownS(player)
    const wantedS = moment.kind === 'second' ? moment.atS : shownS(player)
    if (!address.hasWritten(wantedS)) player.seek(wantedS)
  }, [moment, player, address])
  useEffect(() => {
    // Not the state that was rendered: the address may have led the player elsewhere since.
    const atS = shownS(player)
    if (atS !== (moment.kind === 'second' ? moment.atS : preparedS.current)) address.put(atS)
  }, [state.atMs, moment, player, address])
  const isReached = useLink().kind === 'live'
  useEffect(() => {
    // What could not be had while the server was away can be had now.
    if (isReached && player.state().kind === 'failed') player.seek(shownS(player))
  }, [isReached, player])
  useEffect(
    () => () => {
      address.drop()
      player.close()
    },
    [player, address],
  )
  const choose = useCallback(
    (atS: number) => {
      player.seek(atS)
      address.put(shownS(player))
    },
    [player, address],
  )
  return { player, state, choose }
}

function shownS(player: Player): number {
  return Math.floor(player.state().atMs / 1000)
}
