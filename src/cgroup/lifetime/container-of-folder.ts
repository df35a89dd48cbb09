/** What a runtime makes beside the container under the same id: mounts, and the processes that watch over it. */
const besides = /\.mount$|^(?:crio|libpod)-conmon-/
const container = /[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){4}$/

/**
 * The id of the container that a cgroup belongs to, by the name of its folder: `<id>` (driver cgroupfs),
 * `docker-<id>.scope` (driver systemd), `libpod-<id>`, `cri-containerd-<id>.scope`, …
 * @returns `undefined` when it is not a container's.
 */
export function containerOfFolder(name: string): string | undefined {
  return besides.test(name) ? undefined : container.exec(name)?.[0]
}
