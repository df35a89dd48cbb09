/** One item of `container_include` or `container_exclude`, such as `image:^registry/team/`. */
export interface ContainerPattern {
  readonly field: 'image' | 'name' | 'kube_namespace'
  /** Matches anywhere in the field; an empty field never matches. */
  readonly pattern: RegExp
}

/** Patterns that let containers in and keep them out; what is let in is not kept out. */
export interface ContainerFilterLists {
  readonly include: readonly ContainerPattern[]
  readonly exclude: readonly ContainerPattern[]
}

/** What the configuration says of all containers, for whichever source sees them. */
export interface ContainerRules {
  /** `container_include`, `container_exclude`, with the pause containers of Kubernetes where these are left out. */
  readonly all: ContainerFilterLists
  /** `container_include_metrics`, `container_exclude_metrics`: beside `all`, for figures. */
  readonly metrics: ContainerFilterLists
  /** `container_include_logs`, `container_exclude_logs`: beside `all`, for logs. */
  readonly logs: ContainerFilterLists
  /** `docker_labels_as_tags`: tag by lower-case label name or glob; several tags apart by commas, `+tag` for high cardinality. */
  readonly labelsAsTags: Readonly<Record<string, string>>
  /** `docker_env_as_tags`, of the same form, by the name of the variable. */
  readonly envAsTags: Readonly<Record<string, string>>
}

/** Watches every container and makes no tags but the usual ones. */
export const openRules: ContainerRules = {
  all: { include: [], exclude: [] },
  metrics: { include: [], exclude: [] },
  logs: { include: [], exclude: [] },
  labelsAsTags: {},
  envAsTags: {},
}
