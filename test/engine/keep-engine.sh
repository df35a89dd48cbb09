#!/usr/bin/env bash
# Keeps a private Docker Engine for tests. Takes away everything of it (containers, cgroups, mounts,
# daemon, folder) when standard input ends, so also when the test that owns it is killed.
#
#   unshare --net --mount --propagation slave keep-engine.sh ROOT [DOCKERD OPTION...]
#
# Each line read starts dockerd; "ended CODE" is printed when it ends. The network and mount
# namespaces keep its bridge, its iptables rules and its mounts away from the machine's own; process
# ids and cgroups are the machine's, as with any engine.
set -u
root=$1
shift

start_daemon() {
  # Left by a daemon that was killed; the next one would wait for the containerd it names.
  kill -KILL "$(cat "$root/exec/containerd/containerd.pid" 2>/dev/null || echo none)" 2>/dev/null
  rm -f "$root/exec/containerd/containerd.pid"
  {
    dockerd --config-file "$root/daemon.json" --host "unix://$root/docker.sock" --pidfile "$root/docker.pid" \
      --data-root "$root/data" --exec-root "$root/exec" "$@" >>"$root/dockerd.log" 2>&1 </dev/null
    echo "ended $?"
  } 2>/dev/null &
}

# Deepest first, so that they can be removed in this order.
container_cgroups() {
  find /sys/fs/cgroup -depth -type d 2>/dev/null | grep -F -f <(ls "$root/data/containers" 2>/dev/null)
}

kill_containers() {
  local group
  container_cgroups | while read -r group; do
    # A frozen process does not see SIGKILL.
    [ ! -e "$group/freezer.state" ] || echo THAWED >"$group/freezer.state"
    [ ! -e "$group/cgroup.freeze" ] || echo 0 >"$group/cgroup.freeze"
    xargs -r kill -KILL <"$group/cgroup.procs"
  done 2>/dev/null
}

daemon_is_running() { kill -0 "$(cat "$root/docker.pid" 2>/dev/null || echo none)" 2>/dev/null; }

# A daemon told to end restarts no container, and ends at once when none is left.
stop_daemon() {
  local i
  ! daemon_is_running || kill -CONT "$(cat "$root/docker.pid")"
  ! daemon_is_running || kill -TERM "$(cat "$root/docker.pid")"
  for ((i = 0; i < 100; i++)); do
    kill_containers
    daemon_is_running || return 0
    sleep 0.05
  done
}

# Shims, containerd and a daemon that would not end: whatever lives in our mount namespace.
kill_namespace() {
  local own pids
  own=$(readlink /proc/self/ns/mnt | tr -dc 0-9)
  pids=$(find /proc -maxdepth 3 -path '/proc/[0-9]*/ns/mnt' -lname "mnt:\\[$own\\]" 2>/dev/null | cut -d / -f 3 | grep -vx $$)
  kill -KILL $pids 2>/dev/null
}

take_away() {
  local groups mount
  stop_daemon
  kill_containers
  groups=$(container_cgroups)
  kill_namespace
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    [ -z "$groups" ] || rmdir $groups 2>/dev/null
    [ -n "$(container_cgroups)" ] || break
    sleep 0.1
  done
  awk -v root="$root/" 'index($5, root) == 1 { print $5 }' /proc/self/mountinfo | while read -r mount; do
    umount -l "$mount"
  done 2>/dev/null
  rm -rf "$root"
}
trap take_away EXIT

ip link set lo up
mkdir -p /run/containerd /run/docker "$root"
mount -t tmpfs -o mode=711 tmpfs /run/containerd
mount -t tmpfs -o mode=700 tmpfs /run/docker
echo '{}' >"$root/daemon.json"
while read -r _; do start_daemon "$@"; done
