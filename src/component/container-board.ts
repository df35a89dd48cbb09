import type { ContainerState } from '../model/container.ts'

/** What the source that sees containers tells others of one, beside its tags. */
export interface BoardedContainer {
  /** 64 hexadecimal digits. */
  readonly id: string
  readonly name: string
  /** As it was asked for; where that was an id, the name of the image as far as it has one. */
  readonly image: string
  /** `docker`, `podman`, … */
  readonly runtime: string
  /** Secrets among them are masked. */
  readonly labels: Readonly<Record<string, string>>
  /** `key:value`, at high cardinality. */
  readonly tags: readonly string[]
  readonly state: ContainerState
  readonly createdAtMs: number
  readonly startedAtMs?: number
  readonly finishedAtMs?: number
  readonly log: {
    /** `json-file`, `local`, `journald`, `none`, … */
    readonly driver: string
    /** As the engine tells it; empty where it does not. */
    readonly path: string
    /** A terminal has one output, and its stream over the API has no frames. */
    readonly isTty: boolean
    /** The label `com.datadoghq.ad.logs` as it was written; empty when there is none. */
    readonly label: string
  }
}

/** Who is told of containers. */
export interface BoardListener {
  readonly onPut: (container: BoardedContainer) => void
  /** The engine has removed it. */
  readonly onGone: (id: string) => void
}

/** The containers of this host, from the source that sees them to those that want to know. */
export interface ContainerBoard {
  /** Replaces what was told before of the same container. */
  readonly put: (container: BoardedContainer) => void
  readonly remove: (id: string) => void
  readonly find: (id: string) => BoardedContainer | undefined
  /** All at present, and from now on each change, until what is given back is called. */
  readonly follow: (listener: BoardListener) => () => void
}
