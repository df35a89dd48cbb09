import type { PacketPlace } from '../aggregate/packet-reader.ts'
import type { Capture, CaptureStart, OpenCapture } from './packet-tap.ts'
import type { WorkerReport } from './worker-protocol.ts'

/** How far a capture has come is told so often. */
const tellEveryMs = 1000

/** The capture that is being written, if there is one. */
export class Capturing {
  readonly #openCapture: OpenCapture
  readonly #post: (report: WorkerReport) => void
  #capture: Capture | undefined
  #tellAtMs = 0

  constructor(openCapture: OpenCapture, post: (report: WorkerReport) => void) {
    this.#openCapture = openCapture
    this.#post = post
  }

  get isOpen(): boolean {
    return this.#capture !== undefined
  }

  /** Begins one; the one before ends. */
  open(start: CaptureStart, nowMs: number): void {
    this.close()
    try {
      this.#capture = this.#openCapture(start)
      this.#tellAtMs = nowMs
      this.tick(nowMs)
    } catch (error) {
      const fault = String(Object(error).message)
      this.#post({ kind: 'captured', packets: 0, bytes: 0, isOver: true, fault })
    }
  }

  packet(memory: Uint8Array, place: PacketPlace, pid: number): void {
    this.#capture?.packet(memory, place, pid)
    if (this.#capture?.fault !== undefined) this.close()
  }

  tick(nowMs: number): void {
    if (this.#capture === undefined || nowMs < this.#tellAtMs) return
    this.#tellAtMs = nowMs + tellEveryMs
    this.#tell(this.#capture, false)
  }

  close(): void {
    const capture = this.#capture
    if (capture === undefined) return
    this.#capture = undefined
    capture.close()
    this.#tell(capture, true)
  }

  #tell({ packets, bytes, fault, containerIds }: Capture, isOver: boolean): void {
    this.#post({
      kind: 'captured',
      packets,
      bytes,
      isOver,
      ...(fault !== undefined && { fault }),
      ...(isOver && { containerIds }),
    })
  }
}
