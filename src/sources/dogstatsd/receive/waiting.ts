import type { ReadySet } from '../../../libc/ready-set.ts'
import type { Sockets } from '../../../libc/sockets.ts'
import type { Inlet, PatientInlet } from './inlet.ts'
import { Nap } from './nap.ts'

/**
 * What the receiving thread waits for. Inlets that are patient are left alone for some milliseconds when much comes in, while
 * the others are served at once.
 */
export class Waiting {
  readonly #all: ReadySet
  /** All but the patient ones. */
  readonly #urgent: ReadySet
  readonly #urgentInlets = new Map<number, Inlet>()
  readonly #patientInlets: { readonly descriptor: number; readonly inlet: PatientInlet }[] = []
  readonly #nap = new Nap()
  #patientPackets = 0
  #patientFill = 0
  #lastReadMs = 0

  constructor(sockets: Sockets) {
    this.#all = sockets.createReadySet()
    this.#urgent = sockets.createReadySet()
  }

  add(descriptor: number, inlet: Inlet): void {
    this.#urgentInlets.set(descriptor, inlet)
    this.#all.add(descriptor)
    this.#urgent.add(descriptor)
  }

  /** @param longestNapMs It may be left alone for so long. */
  addPatient(descriptor: number, inlet: PatientInlet, longestNapMs: number): void {
    this.#patientInlets.push({ descriptor, inlet })
    this.#nap.longestMs = Math.min(this.#nap.longestMs, longestNapMs)
    this.#all.add(descriptor)
  }

  remove(descriptor: number): void {
    this.#urgentInlets.delete(descriptor)
    this.#all.remove(descriptor)
    this.#urgent.remove(descriptor)
  }

  /**
   * Waits until packets are there, but at most so long, and reads them.
   * @returns How many there were.
   */
  receive(timeoutMs: number): number {
    this.#patientPackets = 0
    this.#patientFill = 0
    const napMs = Math.min(timeoutMs, this.#nap.lengthMs)
    const packets = napMs > 0 ? this.#receiveAfterNap(napMs) : this.#receiveAtOnce(timeoutMs)
    if (this.#patientPackets > 0 || napMs > 0) this.#noteReading()
    return packets
  }

  close(): void {
    this.#all.close()
    this.#urgent.close()
  }

  #receiveAtOnce(timeoutMs: number): number {
    return this.#serve(this.#all, this.#all.wait(timeoutMs))
  }

  #receiveAfterNap(napMs: number): number {
    let packets = 0
    const untilMs = this.#lastReadMs + napMs
    // Part of a millisecond is not waited for: epoll takes whole ones.
    for (let leftMs = napMs; leftMs >= 1; leftMs = Math.floor(untilMs - performance.now())) {
      const count = this.#urgent.wait(leftMs)
      if (count === 0) break
      packets += this.#serve(this.#urgent, count)
    }
    for (const { inlet } of this.#patientInlets) packets += this.#readPatient(inlet)
    return packets
  }

  /** Reads the first `count` of what is ready. */
  #serve(ready: ReadySet, count: number): number {
    let packets = 0
    for (let i = 0; i < count; i += 1) {
      const descriptor = ready.at(i)
      const patient = this.#patientInlets.find((each) => each.descriptor === descriptor)
      packets +=
        patient === undefined
          ? (this.#urgentInlets.get(descriptor)?.receive() ?? 0)
          : this.#readPatient(patient.inlet)
    }
    return packets
  }

  #readPatient(inlet: PatientInlet): number {
    const packets = inlet.receive()
    this.#patientPackets += packets
    this.#patientFill = Math.max(this.#patientFill, inlet.fill)
    return packets
  }

  #noteReading(): void {
    const nowMs = performance.now()
    this.#nap.note(this.#patientPackets, this.#patientFill, nowMs - this.#lastReadMs)
    this.#lastReadMs = nowMs
  }
}
