/** How the engine groups its containers: as scopes of systemd, or as folders it makes itself. */
export type CgroupDriver = 'systemd' | 'cgroupfs'

/** Both drivers; the guest runs an engine of each. */
export const cgroupDrivers: readonly CgroupDriver[] = ['systemd', 'cgroupfs']

/** Folder of the guest's engine with this driver; its socket is `docker.sock` in it. */
export function engineRoot(driver: CgroupDriver): string {
  return `/var/lib/vigie-test/${driver}`
}

/** The value for `DOCKER_HOST` in the guest. */
export function engineHost(driver: CgroupDriver): string {
  return `unix://${engineRoot(driver)}/docker.sock`
}
