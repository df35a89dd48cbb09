import type { Cardinality } from '../model/cardinality.ts'

/** What a source knows of a container that others want to name. */
export interface TaggedContainer {
  readonly id: string
  /** Tags of each cardinality, those of the lower ones included. */
  readonly tags: Readonly<Record<Exclude<Cardinality, 'none'>, readonly string[]>>
  /** Number of its cgroup's folder, as text: it may be above 2^53. */
  readonly cgroupInode?: string
  /** Where Kubernetes runs it. */
  readonly pod?: { readonly uid: string; readonly containerName: string }
}

/** Tags of containers, from the source that sees them to those that only hear of them. */
export interface Tagger {
  /** Tells what is known now; replaces what was told before of the same container. */
  readonly publish: (container: TaggedContainer) => void
  /** The container is gone; what is known of it is kept for some minutes, since what it sent may come later. */
  readonly retire: (containerId: string) => void
  /** `undefined` while nothing is known of the container. */
  readonly tagsOf: (containerId: string, cardinality: Cardinality) => readonly string[] | undefined
  /** Tags that all containers of the pod share. */
  readonly tagsOfPod: (podUid: string, cardinality: Cardinality) => readonly string[] | undefined
  readonly findByInode: (cgroupInode: string) => string | undefined
  readonly findByPod: (podUid: string, containerName: string) => string | undefined
  /** Calls back after each change; what is given back ends that. */
  readonly onChange: (listener: () => void) => () => void
}
