import type { LogDelivery, LogShipment, LogVerdict } from '../component/log-delivery.ts'
import type { LogOutlet } from '../component/sink.ts'

/** The way of log lines to all sinks that take them. */
export interface LogDeliveries extends LogDelivery {
  /** Whether a block has no verdict yet. */
  readonly isUnderWay: () => boolean
  readonly close: () => void
}

/** Ships each block through every outlet; it is settled once the last of them has it. */
export function deliverLogs(outlets: readonly LogOutlet[]): LogDeliveries {
  let underWay = 0
  return {
    hasReceiver: outlets.length > 0,
    ship(block) {
      underWay += 1
      const shipment = joinShipments(outlets.map((outlet) => outlet.ship(block)))
      const end = (): void => {
        underWay -= 1
      }
      shipment.settled.then(end, end)
      return shipment
    },
    isUnderWay: () => underWay > 0,
    close() {
      for (const outlet of outlets) outlet.close()
    },
  }
}

/** Without any, it is never settled: what nobody has is not delivered. */
function joinShipments(shipments: readonly LogShipment[]): LogShipment {
  const sizes = Promise.all(shipments.map(({ packed }) => packed))
  const verdicts = Promise.all(shipments.map(({ settled }) => settled))
  return {
    packed: sizes.then((bytes) => bytes.reduce((sum, size) => sum + size, 0)),
    settled: shipments.length === 0 ? new Promise(() => {}) : verdicts.then(joinVerdicts),
  }
}

function joinVerdicts(verdicts: readonly LogVerdict[]): LogVerdict {
  return verdicts.includes('stored') ? 'stored' : 'refused'
}
