import type { LogDelivery, LogShipment, LogVerdict } from '../component/log-delivery.ts'
import type { LogOutlet } from '../component/sink.ts'
import type { LogBlock } from '../model/log-block.ts'

/** The way of log lines to all sinks that take them. */
export interface LogDeliveries extends LogDelivery {
  /** Whether a block has no verdict yet. */
  readonly isUnderWay: () => boolean
  readonly close: () => void
}

/** What an outlet that nobody waits for may keep. */
export interface FollowerBounds {
  /** Bytes that may be on their way through one such outlet; beyond it blocks are left out there. */
  readonly maxBytes: number
  /** Told of lines that a sink does not get. */
  readonly onLeftOut: (sink: string, lineCount: number) => void
}

/** An outlet, by the name of its sink. */
export interface NamedOutlet {
  readonly sink: string
  readonly outlet: LogOutlet
}

/**
 * Ships each block through every outlet. It is settled once the outlet that decides has it, however slow others are; where
 * none does, once the last of them has it.
 */
export function deliverLogs(
  outlets: readonly NamedOutlet[],
  bounds: FollowerBounds,
): LogDeliveries {
  const isAnyDeciding = outlets.some(({ outlet }) => outlet.decides === true)
  const deciding = outlets.filter(({ outlet }) => !isAnyDeciding || outlet.decides === true)
  const followers = outlets
    .filter((one) => !deciding.includes(one))
    .map((one) => new Follower(one, bounds))
  let underWay = 0
  return {
    hasReceiver: outlets.length > 0,
    ship(block) {
      underWay += 1
      const followed = followers.map((follower) => follower.ship(block))
      const shipment = joinShipments(
        deciding.map(({ outlet }) => outlet.ship(block)),
        followed,
      )
      const end = (): void => {
        underWay -= 1
      }
      shipment.settled.then(end, end)
      return shipment
    },
    isUnderWay: () => underWay > 0,
    close() {
      for (const { outlet } of outlets) outlet.close()
    },
  }
}

/** An outlet that gets what it can take, and whose verdict counts for nothing. */
class Follower {
  readonly #named: NamedOutlet
  readonly #bounds: FollowerBounds
  #waitingBytes = 0

  constructor(named: NamedOutlet, bounds: FollowerBounds) {
    this.#named = named
    this.#bounds = bounds
  }

  /** Resolves once nothing refers to the block's memory any more. */
  async ship(block: LogBlock): Promise<void> {
    const { sink, outlet } = this.#named
    if (this.#waitingBytes >= this.#bounds.maxBytes) {
      this.#bounds.onLeftOut(sink, block.lineCount)
      return
    }
    const { packed, settled } = outlet.ship(block)
    const bytes = await packed
    this.#waitingBytes += bytes
    const end = (): void => {
      this.#waitingBytes -= bytes
    }
    settled.then(end, end)
  }
}

/** Without any, it is never settled: what nobody has is not delivered. */
function joinShipments(
  shipments: readonly LogShipment[],
  followed: readonly Promise<void>[],
): LogShipment {
  const sizes = Promise.all(shipments.map(({ packed }) => packed))
  const verdicts = Promise.all(shipments.map(({ settled }) => settled))
  return {
    packed: Promise.all([sizes, ...followed]).then(([bytes]) =>
      bytes.reduce((sum, size) => sum + size, 0),
    ),
    settled: shipments.length === 0 ? new Promise(() => {}) : verdicts.then(joinVerdicts),
  }
}

function joinVerdicts(verdicts: readonly LogVerdict[]): LogVerdict {
  return verdicts.includes('stored') ? 'stored' : 'refused'
}
