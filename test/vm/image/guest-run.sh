#!/bin/bash
# Runs in the guest for as long as it is up. The host writes "run NAME EPOCH" to the second serial port;
# we run NAME.sh in the folder it shares, its output going to NAME.log there, and answer "done NAME STATUS".
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8
modprobe -a 9pnet_virtio 9p
exec 3<>/dev/ttyS1
stty raw -echo <&3
echo ready >&3
while read -r _ name epoch <&3; do
  # A machine that was saved wakes up with the time of its saving.
  date --set "@$epoch" >/dev/null
  mount -t 9p -o trans=virtio,version=9p2000.L,msize=512000,cache=none share /mnt/share
  (cd /mnt/share && exec bash "$name.sh" </dev/null >"$name.log" 2>&1 3>&-)
  status=$?
  # QEMU saves no machine that has the folder mounted.
  umount /mnt/share
  echo "done $name $status" >&3
done
