import { closeSync, constants, fstatSync, openSync, writeSync } from 'node:fs'
import { PacketRecords } from '../../../wire/dogstatsd-capture/packet-records.ts'
import type { PacketPlace } from '../aggregate/packet-reader.ts'
import type { Capture, CaptureStart } from './packet-tap.ts'

/** So much is written in one call, some tenth of a millisecond. */
const writeBytes = 256 * 1024
/** Beyond it containers of further processes are not noted. */
const maxProcesses = 65_536

/**
 * Adds packets to a capture that has its header. What is in the file are whole records at any time.
 * @throws {NodeJS.ErrnoException} If the file cannot be opened.
 */
export function openCaptureFile(start: CaptureStart): Capture {
  return new CaptureFile(start)
}

class CaptureFile implements Capture {
  readonly #descriptor: number
  readonly #start: CaptureStart
  readonly #records = new PacketRecords(writeBytes)
  readonly #containerIds = new Map<number, string>()
  #packets = 0
  #writtenBytes: number
  #fault: string | undefined

  constructor(start: CaptureStart) {
    this.#start = start
    this.#descriptor = openSync(start.path, constants.O_WRONLY | constants.O_APPEND)
    this.#writtenBytes = fstatSync(this.#descriptor).size
  }

  get packets(): number {
    return this.#packets
  }

  get bytes(): number {
    return this.#writtenBytes + this.#records.bytes.length
  }

  get containerIds(): ReadonlyMap<number, string> {
    return this.#containerIds
  }

  get fault(): string | undefined {
    return this.#fault
  }

  packet(memory: Uint8Array, { from, to, sender }: PacketPlace, pid: number): void {
    if (this.#fault !== undefined) return
    if (!this.#records.hasRoomFor(to - from)) this.#write()
    if (this.bytes + to - from > this.#start.maxBytes) {
      this.#fault = `The capture is as long as it may become, ${this.#start.maxBytes} bytes`
      return
    }
    this.#records.append({ memory, from, to, pid, timeMs: Date.now() })
    this.#packets += 1
    if (pid !== 0 && !this.#containerIds.has(pid)) this.#note(pid, sender)
  }

  close(): void {
    this.#write()
    closeSync(this.#descriptor)
  }

  #note(pid: number, sender: number): void {
    if (this.#containerIds.size >= maxProcesses) return
    const containerId = this.#start.containerIdOf(sender)
    if (containerId !== undefined) this.#containerIds.set(pid, containerId)
  }

  #write(): void {
    const { bytes } = this.#records
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(this.#descriptor, bytes, at)
      this.#writtenBytes += bytes.length
    } catch (error) {
      const seen = error instanceof Error ? error.message : String(error)
      this.#fault ??= `The capture cannot be written: ${seen}`
    }
    this.#records.clear()
  }
}
