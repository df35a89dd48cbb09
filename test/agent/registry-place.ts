import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KeptState } from '../../src/sources/logs/delivery/delivery.ts'
import {
  Registry,
  type RegistryOptions,
} from '../../src/sources/logs/delivery/registry/registry.ts'

/** Unix milliseconds, until a test sets another time. */
export const startMs = 1_795_189_550_000

/** A folder for the file, with what was told of it. */
export class RegistryPlace implements AsyncDisposable {
  readonly folder: string
  readonly faults: string[] = []
  readonly warnings: string[] = []
  nowMs = startMs

  private constructor(folder: string) {
    this.folder = folder
  }

  static async make(): Promise<RegistryPlace> {
    return new RegistryPlace(join(await mkdtemp(join(tmpdir(), 'registry-')), 'run'))
  }

  get path(): string {
    return join(this.folder, 'registry.json')
  }

  open(change: Partial<RegistryOptions> = {}): Promise<Registry> {
    return Registry.open({
      folder: this.folder,
      ttlMs: 23 * 3_600_000,
      clock: () => this.nowMs,
      onFault: (message) => this.faults.push(message),
      warn: (message) => this.warnings.push(message),
      ...change,
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(join(this.folder, '..'), { recursive: true })
  }
}

/** A state with its pointer there. */
export function stateAt(offset: number, name = 'file:/a.log'): KeptState {
  return {
    name,
    at: { fileId: 7n, offset },
    counts: { readLines: 3, handedLines: 2, droppedLines: 1, truncatedLines: 0 },
    readBytes: offset,
    lostBytes: 0,
    rotations: 0,
    sentBytes: 10,
    refusedLines: 0,
    unansweredLines: 0,
    begun: [],
    shipped: undefined,
  }
}
