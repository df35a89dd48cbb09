#!/bin/busybox sh
# Process 1 of the initial RAM disk: loads what / needs, mounts it and hands over to systemd.
PATH=/bin
busybox mount -t proc proc /proc
busybox mount -t devtmpfs dev /dev
for module in $(busybox cat /modules.list); do busybox insmod "/modules/$module"; done
tries=0
while [ ! -b /dev/vda ] && [ $tries -lt 200 ]; do
  busybox sleep 0.05
  tries=$((tries + 1))
done
busybox mount -t ext4 -o rw,noatime /dev/vda /root
busybox mount --move /dev /root/dev
busybox umount /proc
exec busybox switch_root /root /sbin/init
