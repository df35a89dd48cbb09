import type { IncomingHttpHeaders } from 'node:http'
import type { ForwarderSettings } from '../../component/forwarder-settings.ts'
import type { OutboundSettings } from '../../component/outbound-settings.ts'
import type { Telemetry } from '../../telemetry/telemetry.ts'

/** One request that waits to be sent. */
export interface Payload {
  /** Behind the destination's address: `/api/v2/series`. Trouble with one route does not hold up the others. */
  readonly route: string
  readonly contentType: string
  /** Absent: the body is not compressed. */
  readonly contentEncoding?: string
  /** Beside those of the destination. They may be written to disk: no keys. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Points, events, … in it, for counting what is lost. */
  readonly count: number
  /** `high` is sent first, given up last, and never written to disk. */
  readonly priority?: 'high' | 'normal'
  /** Where each tells what has changed since the one before. Absent: the newest first, with a share for the oldest. */
  readonly order?: 'oldest-first'
  /**
   * It says how things are now: those of its route that still wait are given up for it, and not counted. Never written
   * to disk.
   */
  readonly replacesOlder?: true
}

/** Whom it is sent to. */
export interface Destination {
  /** As drops, files and the status name it, different for each: `server`, `server.logs`, `datadog`, `datadog.2`. */
  readonly name: string
  /** Base address, without a slash at its end. */
  readonly url: string
  /** Of every request, asked for at each: the key may change. */
  readonly headers: () => Readonly<Record<string, string>>
  /** Each payload waits for all before it, also where one of them is at fault itself. Absent: it may be overtaken. */
  readonly isInOrder?: true
  /** Answers after which a payload is never taken there, beside those that mean so everywhere. */
  readonly finalStatuses?: readonly number[]
  /** Told of the headers of each answer that took a payload. */
  readonly onTaken?: (headers: IncomingHttpHeaders) => void
}

/** What forwarding works with. */
export interface ForwarderContext {
  readonly settings: ForwarderSettings
  readonly outbound: OutboundSettings
  readonly telemetry: Telemetry
  /** Unix milliseconds. */
  readonly clock: () => number
  /** Aborts when the time to deliver what is left is over. */
  readonly deadline: AbortSignal
}

/** Delivers payloads to one destination, which no other destination can slow. */
export interface Forwarder {
  /**
   * Takes the payload over, and never waits: it is delivered now or later, newest first, with a share for the oldest; or
   * it is given up and counted as `<name>.<reason>`.
   */
  readonly push: (payload: Payload) => void
  /** Nothing more will come. Resolves when all is delivered; at the deadline, when what is left is on disk or counted. */
  readonly finish: () => Promise<void>
}

/** The destination has it, or never will. */
export type FinalVerdict =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string }

/** Delivers payloads of which none may be given up; whoever hands them over bounds how many there are. */
export interface Courier {
  /**
   * Tries again until there is a verdict.
   * @throws {StoppedError} At the deadline: nobody knows what became of it.
   */
  readonly deliver: (payload: Payload) => Promise<FinalVerdict>
  readonly close: () => void
}
