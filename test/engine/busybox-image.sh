#!/bin/sh
# Prints the one layer of the image `busybox` (a tar of / with every applet), for `docker import`.
# Needs the package busybox-static.
set -eu
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/bin" "$root/tmp" "$root/etc" "$root/root" "$root/proc" "$root/sys" "$root/dev"
install -m 755 "$(command -v busybox)" "$root/bin/busybox"
for applet in $(busybox --list); do
  [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"
done
echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
tar --owner=0 --group=0 --sort=name --mtime=@0 -C "$root" -cf - .
