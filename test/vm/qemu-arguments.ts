import { join } from 'node:path'

/** What a test machine is started from. */
export interface MachineParts {
  /** Folder with `vmlinux` and `initrd.img`. */
  readonly kernelFolder: string
  readonly disk: string
  /** Whether what the guest writes to the disk stays there. */
  readonly keepsWrites: boolean
  /** What a save wrote, to go on from there; without it the machine boots. */
  readonly savedState?: string
  /** The folder that the guest sees at `/mnt/share` while it runs a script. */
  readonly share: string
}

const memoryMb = 1536
const cores = 2

// cgroup v2 alone, and nothing that costs an emulated processor time without need.
const kernelOptions = [
  'console=ttyS0 quiet loglevel=4 panic=-1 systemd.show_status=0 net.ifnames=0',
  'systemd.unified_cgroup_hierarchy=1 cgroup_no_v1=all psi=1',
  'apparmor=0 audit=0 selinux=0 mitigations=off nokaslr random.trust_cpu=on',
  'tsc=reliable no_timer_check rcupdate.rcu_expedited=1',
].join(' ')

/**
 * Arguments of `qemu-system-x86_64` for a machine that emulates its processor, so that every machine of ours is the same.
 * @param sockets Folder in which QEMU listens at `port.sock` (the guest's second serial port) and `monitor.sock` (QMP),
 *   and writes the guest's `console.log`.
 */
export function toQemuArguments(parts: MachineParts, sockets: string): string[] {
  const port = join(sockets, 'port.sock')
  const monitor = join(sockets, 'monitor.sock')
  const snapshot = parts.keepsWrites ? 'off' : 'on'
  const machine = [
    ['-accel', 'tcg,thread=multi,tb-size=512'],
    ['-cpu', 'max'],
    ['-machine', 'q35,usb=off,smbus=off,sata=off'],
    ['-smp', String(cores)],
    ['-m', String(memoryMb)],
    ['-kernel', join(parts.kernelFolder, 'vmlinux')],
    ['-initrd', join(parts.kernelFolder, 'initrd.img')],
    ['-append', kernelOptions],
    ['-nodefaults', '-no-user-config', '-no-reboot'],
    ['-display', 'none'],
  ]
  const devices = [
    [
      '-drive',
      `file=${parts.disk},id=root,if=none,format=raw,snapshot=${snapshot},cache=unsafe,file.locking=off`,
    ],
    ['-device', 'virtio-blk-pci,drive=root'],
    ['-device', 'virtio-rng-pci'],
    ['-fsdev', `local,id=share,path=${parts.share},security_model=none,multidevs=remap`],
    ['-device', 'virtio-9p-pci,fsdev=share,mount_tag=share'],
    ['-chardev', `file,id=console,path=${join(sockets, 'console.log')}`],
    ['-serial', 'chardev:console'],
    ['-chardev', `socket,id=port,path=${port},server=on,wait=on`],
    ['-serial', 'chardev:port'],
    ['-qmp', `unix:${monitor},server=on,wait=off`],
  ]
  const saved =
    parts.savedState === undefined ? [] : ['-incoming', `exec:cat '${parts.savedState}'`]
  return [...machine, ...devices, saved].flat()
}
