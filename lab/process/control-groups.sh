#!/bin/sh
# Linux keeps control groups when their last process has ended. This script runs a lab in groups of its own, and removes
# them however the lab ends.
#
#   control-groups.sh run NAME COMMAND...    outside the lab's namespaces, in a mount namespace: creates the groups, runs
#                                            the command, and removes the groups after it
#   control-groups.sh enter NAME COMMAND...  the first process in the lab's namespaces: joins the groups and runs the
#                                            command in a cgroup namespace, which hides all other groups
#   control-groups.sh remove NAME            removes what a killed `run` has left
#
# With cgroup v1, a lab has one group per hierarchy, below the group that it was started from. With v2, it has one group
# at the top, because only the top group, or a group without processes, can contain groups with limits.
set -eu

ROOT=/sys/fs/cgroup
ASIDE=$ROOT/istio-mtls-lab-aside
CONTROLLERS="cpu cpuset memory pids" # What the kubelet needs on v2.

is_v1() {
  grep -Eq '^[0-9]+:([^:]*,)?memory[,:]' /proc/self/cgroup
}

# Prints a line for each v1 hierarchy: its controllers, such as `memory` or `cpu,cpuacct`, and the group of this process.
list_hierarchies() {
  sed -nE 's/^[0-9]+:([a-z_,]+):(.*)$/\1 \2/p' /proc/self/cgroup
}

# Mounts them in this mount namespace, because machines and containers mount them in different places, or read-only.
mount_hierarchies() {
  # The options of v2 apply to the whole machine.
  options=$(findmnt -nfo FS-OPTIONS -t cgroup2 || true)
  while mountpoint -q $ROOT; do umount --recursive --lazy $ROOT; done
  if ! is_v1; then
    mount -t cgroup2 -o "${options:-rw}" cgroup2 $ROOT
    return
  fi
  mount -t tmpfs -o mode=0755 cgroup $ROOT
  list_hierarchies | while read -r controllers _; do
    mkdir $ROOT/$controllers
    mount -t cgroup -o $controllers cgroup $ROOT/$controllers
    for controller in $(echo $controllers | tr , ' '); do
      [ -e $ROOT/$controller ] || ln -s $controllers $ROOT/$controller
    done
  done
}

list_groups() {
  if is_v1; then
    list_hierarchies | while read -r controllers path; do printf '%s\n' $ROOT/$controllers${path%/}/$NAME; done
  else
    echo $ROOT/$NAME
  fi
}

create_groups() {
  remove_abandoned_groups
  is_v1 || prepare_top
  for group in $(list_groups); do
    mkdir $group
    # Without CPUs, a group of v1 cannot contain processes. A group of v2 uses those of its parent.
    if is_v1 && [ -e $group/cpuset.cpus ]; then
      for file in cpuset.cpus cpuset.mems; do cat $group/../$file >$group/$file; done
      echo 1 >$group/cgroup.clone_children
    fi
  done
}

# Labs that start and end at the same time change the same top group of v2. With v1, $ROOT is this script's own, and labs
# share nothing.
exclusively() {
  (flock 9 && "$@") 9<$ROOT
}

# Groups remain if a lab's launcher and its supervisor are killed at the same time. Their name has the launcher's PID.
remove_abandoned_groups() {
  for group in $(list_groups); do
    for old in ${group%-*}-[0-9]*; do
      [ -e /proc/${old##*-} ] && continue
      # With quotes: if no group exists, $old is the pattern itself, and would match what another lab creates right now.
      find "$old" -depth -type d -exec rmdir {} + 2>/dev/null || true
    done
  done
}

# In a container, the top group has processes. They must move aside before it can contain groups with limits.
prepare_top() {
  if [ -e $ROOT/cgroup.type ] && [ -n "$(cat $ROOT/cgroup.procs)" ]; then
    mkdir -p $ASIDE
    move_processes $ROOT $ASIDE
  fi
  enable_controllers $ROOT
}

# The last lab moves the processes back.
restore_top() {
  [ -d $ASIDE ] && [ "$(echo $ROOT/istio-mtls-lab-*)" = $ASIDE ] || return 0
  for controller in $(cat $ROOT/cgroup.subtree_control); do
    echo -$controller >$ROOT/cgroup.subtree_control
  done
  move_processes $ASIDE $ROOT
  rmdir $ASIDE
}

# Twice, because processes start and end meanwhile.
move_processes() {
  for _ in 1 2; do
    for pid in $(cat $1/cgroup.procs); do echo $pid >$2/cgroup.procs || true; done 2>/dev/null
  done
}

enable_controllers() {
  for controller in $CONTROLLERS; do
    ! grep -qw $controller $1/cgroup.controllers || echo +$controller >$1/cgroup.subtree_control
  done
}

# Retries, because the lab's processes end only after its first one.
remove_groups() {
  groups=$(list_groups)
  for _ in $(seq 300); do
    find $groups -depth -type d -exec rmdir {} + 2>/dev/null || true
    left=
    for group in $groups; do [ ! -e $group ] || left="$left $group"; done
    [ -n "$left" ] || break
    sleep 0.1
  done
  [ -z "$left" ] || echo "Cannot remove the lab's control groups, because their processes do not end:$left" >&2
  exclusively restore_top
}

stop() {
  stopped=1
  [ -z "${!-}" ] || kill -s KILL $! 2>/dev/null || true
}

run() {
  trap stop TERM
  trap 'trap "" TERM; remove_groups' EXIT
  exclusively create_groups
  setpriv --pdeathsig KILL "$@" &
  [ -z "${stopped-}" ] || stop
  status=0
  wait $! || status=$?
  exit $status
}

# In groups of v2 with limits in them, only the leaves can contain processes.
enter_leaf() {
  mkdir $ROOT/processes
  echo 0 >$ROOT/processes/cgroup.procs
  enable_controllers $ROOT
}

verb=$1 NAME=$2
shift 2
case $verb in
  run)
    mount_hierarchies
    run "$@"
    ;;
  enter)
    for group in $(list_groups); do echo 0 >$group/cgroup.procs; done
    exec unshare --cgroup -- sh "$0" mount "$NAME" "$@"
    ;;
  mount)
    mount_hierarchies
    is_v1 || enter_leaf
    exec "$@"
    ;;
  remove)
    mount_hierarchies
    remove_groups
    ;;
esac
