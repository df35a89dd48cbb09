#!/usr/bin/env bash
# Builds what QEMU boots for the tests on cgroup v2: a small Debian with systemd, dockerd and Node, without a network.
#
#   build-image.sh OUT NODE
#
# OUT  folder that gets vmlinux, initrd.img and root.img
# NODE binary to install in the guest as /usr/local/bin/node
#
# Needs root (it enters the new system's tree), mmdebstrap, mke2fs, xz, cpio, busybox-static. The packages come from
# the sources that apt on this machine uses. amd64 only.
set -euo pipefail
export LC_ALL=C

fail() {
  echo "Cannot build the test machine's image: $*" >&2
  exit 1
}

here=$(cd "$(dirname "$0")" && pwd)
out=$1
node=$2
suite=bookworm
disk_mb=2048

[ "$(id -u)" = 0 ] || fail 'this needs root'
work=$(mktemp -d "$out/build.XXXXXX")
trap 'rm -rf "$work"' EXIT
root=$work/root
kernel=$work/kernel

# The address of the first configured source with this label in its Release file.
apt_source() {
  apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Created-By: Packages' |
    awk -v label="$1" '$1 == label && !seen++ { print $2 }'
}

# The kernel's package is only unpacked: installed, it brings an initramfs generator and 400 MB of modules.
# The cloud kernel would be smaller but has no 9p.
make_root() {
  local debian security fetch_kernel
  debian=$(apt_source Debian)
  security=$(apt_source Debian-Security)
  [ -n "$debian" ] || fail 'apt has no Debian source here, or its lists are not there yet (apt-get update)'
  fetch_kernel='cd "'$kernel'" && export APT_CONFIG="$MMDEBSTRAP_APT_CONFIG" &&
    apt-get -qq download "$(apt-cache depends linux-image-amd64 | sed -n "s/.*Depends: \(linux-image-[0-9]\)/\1/p" | head -n 1)"'
  mkdir "$kernel"
  mmdebstrap --quiet --mode=root --variant=essential --dpkgopt=force-unsafe-io \
    --include=systemd-sysv,dbus,kmod,docker.io,iproute2,libstdc++6 \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/info/*' \
    --aptopt='Acquire::Languages "none"' --aptopt='APT::Sandbox::User "root"' \
    --customize-hook="$fetch_kernel" "$suite" "$root" \
    "deb $debian $suite main" "deb $debian $suite-updates main" ${security:+"deb $security $suite-security main"}
  dpkg-deb -x "$kernel"/linux-image-*.deb "$kernel"
  version=$(basename "$kernel"/lib/modules/*)
}

# The package's kernel is packed with XZ, slow to unpack on an emulated processor. QEMU boots it unpacked too.
unpack_kernel() {
  local packed=$kernel/boot/vmlinuz-$version offset
  offset=$(grep -aob $'\xfd7zXZ' "$packed" | awk -F : 'NR == 1 { print $1 }')
  # What follows the packed part makes xz complain.
  tail -c "+$((offset + 1))" "$packed" | xz -dcq >"$out/vmlinux" 2>/dev/null || true
  [ "$(head -c 4 "$out/vmlinux" | tail -c 3)" = ELF ] || fail "no ELF kernel in $packed"
}

# 11 MB of the 390: what a container engine, 9p and virtio use.
install_modules() {
  local modules=lib/modules/$version
  mkdir -p "$root/$modules/kernel"
  cp "$kernel/$modules"/modules.{builtin,builtin.modinfo,order} "$root/$modules/"
  (
    cd "$kernel/$modules/kernel"
    cp -r --parents fs/{9p,overlayfs,ext4,jbd2,fscache,netfs} fs/mbcache.ko fs/autofs lib crypto/*crc32* \
      arch/x86/crypto/*crc* net/{9p,bridge,802,llc,netfilter,ipv4,ipv6} drivers/{virtio,char/hw_random} \
      drivers/block/{virtio_blk,loop}.ko drivers/net/veth.ko "$root/$modules/kernel/"
  )
  chroot "$root" depmod "$version"
}

install_guest_files() {
  local unit units=$root/etc/systemd/system
  install -m 755 "$(command -v busybox)" "$root/usr/local/bin/busybox"
  install -m 755 "$node" "$root/usr/local/bin/node"
  install -m 755 "$here/guest-run.sh" "$root/usr/local/sbin/guest-run"
  install -m 644 "$here/guest-run.service" "$here/guest.target" "$units/"
  ln -sfn guest.target "$units/default.target"
  for unit in docker.service docker.socket containerd.service systemd-{pstore,update-utmp,timesyncd,random-seed}.service \
    systemd-{journal-flush,firstboot,machine-id-commit,journal-catalog-update,update-done}.service \
    getty@tty1.service serial-getty@ttyS{0,1}.service e2scrub_reap.service ldconfig.service; do
    ln -sfn /dev/null "$units/$unit"
  done
  mkdir -p "$root/mnt/share" "$root/etc/systemd/journald.conf.d"
  printf '[Journal]\nStorage=volatile\n' >"$root/etc/systemd/journald.conf.d/guest.conf"
  echo vigie-test >"$root/etc/hostname"
  echo '127.0.0.1 localhost vigie-test' >"$root/etc/hosts"
  echo vigie-test | md5sum | cut -c 1-32 >"$root/etc/machine-id"
  : >"$root/etc/fstab"
}

make_initramfs() {
  local tree=$work/initramfs module path
  mkdir -p "$tree"/{bin,modules,proc,dev,root}
  install -m 755 "$(command -v busybox)" "$tree/bin/busybox"
  install -m 755 "$here/initramfs-init.sh" "$tree/init"
  # modprobe says the load order, with what others need already said before.
  for module in virtio_pci virtio_blk crc32c_generic ext4; do
    chroot "$root" modprobe --set-version "$version" --show-depends "$module"
  done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' | while read -r path; do
    cp "$root$path" "$tree/modules/"
    basename "$path" >>"$tree/modules.list"
  done
  (cd "$tree" && find . | cpio --quiet -o -H newc) >"$out/initrd.img"
}

make_disk() {
  rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/* "$root"/var/log/*.log "$root/usr/bin/docker" \
    "$root"/usr/share/perl/*/unicore
  mke2fs -q -t ext4 -d "$root" -E lazy_itable_init=0,root_owner=0:0 -O ^has_journal,^metadata_csum -m 0 \
    "$out/root.img" "${disk_mb}M"
}

make_root
unpack_kernel
install_modules
install_guest_files
make_initramfs
make_disk
