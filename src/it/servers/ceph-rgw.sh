#!/usr/bin/env bash
# The object gateway of Ceph, the second storage server that the adapters are tested against, from the packages of Debian.
#   ceph-rgw.sh install    installs the packages unless they are there (root)
#   ceph-rgw.sh start DIR  starts a cluster of one node on free ports, in memory; prints its address; root / rootsecret; 3: not installed
#   ceph-rgw.sh stop DIR   stops it and removes DIR
set -euo pipefail

packages=(ceph-mon ceph-mgr ceph-osd radosgw) # 16.2 in Debian 12

installed() {
  local program
  for program in ceph-mon ceph-mgr ceph-osd radosgw radosgw-admin; do
    command -v "$program" >/dev/null || return 1
  done
}

install() {
  if ! installed; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
  fi
}

configure() { # DIR, ports of monitor and gateway
  local dir="$1"
  cat >"$dir/ceph.conf" <<C
[global]
fsid = $(cat /proc/sys/kernel/random/uuid)
mon host = v2:127.0.0.1:$2
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
ms mon client mode = crc
ms mon service mode = crc
ms mon cluster mode = crc
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = 1073741824
osd memory target = 939524096
mon allow pool size one = true
mon max pg per osd = 1000
mon warn on pool no redundancy = false
mon data avail warn = 1
mon data avail crit = 1
mon data = $dir/mon
mgr data = $dir/mgr
osd data = $dir/osd
run dir = $dir/run
admin socket = $dir/run/\$name.\$pid.asok
log file = $dir/log/\$name.log
pid file = $dir/run/\$name.pid
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:$3 tcp_nodelay=1
rgw s3 auth use sts = true
rgw sts key = abcdefghijklmnop
C
}

background() { # DIR, name, command
  local dir="$1" name="$2"
  shift 2
  nohup "$@" >"$dir/log/$name.out" 2>&1 </dev/null &
  echo $! >>"$dir/pids"
}

start() {
  local dir="$1" monitor gateway
  installed || exit 3
  mkdir -p "$dir"/{mon,mgr,osd,run,log}
  read -r monitor gateway < <(python3 "$(dirname "$0")/free-ports.py" 2)
  configure "$dir" "$monitor" "$gateway"
  cluster "$dir" || failed "$dir"
  background "$dir" rgw radosgw -c "$dir/ceph.conf" -n client.rgw -f
  for _ in $(seq 240); do
    if curl -s -o "$dir/answer" "http://127.0.0.1:$gateway/"; then
      account "$dir" >"$dir/log/account.out" 2>&1 || failed "$dir"
      echo "http://127.0.0.1:$gateway"
      return
    fi
    sleep 0.5
  done
  failed "$dir"
}

account() {
  local trust='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam:::user/balsam"]},"Action":["sts:AssumeRole"]}]}'
  local everything='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*"],"Resource":["arn:aws:s3:::*"]}]}'
  radosgw-admin -c "$1/ceph.conf" user create --uid=balsam --display-name=Balsam --access-key=root --secret-key=rootsecret &&
    radosgw-admin -c "$1/ceph.conf" role create --role-name=balsam --assume-role-policy-doc="$trust" &&
    radosgw-admin -c "$1/ceph.conf" role-policy put --role-name=balsam --policy-name=storage --policy-doc="$everything"
}

cluster() {
  local dir="$1" conf="$1/ceph.conf" id monitor
  id="$(sed -n 's/^fsid = //p' "$conf")"
  monitor="$(sed -n 's/^mon host = //p' "$conf")"
  {
    monmaptool --create --addv a "[$monitor]" --fsid "$id" "$dir/monmap" &&
      ceph-mon -c "$conf" --mkfs -i a --monmap "$dir/monmap"
  } >"$dir/log/make.out" 2>&1 || return 1
  background "$dir" mon ceph-mon -c "$conf" -i a -f
  background "$dir" mgr ceph-mgr -c "$conf" -i x -f
  {
    ceph -c "$conf" --connect-timeout 60 osd create &&
      ceph-osd -c "$conf" -i 0 --mkfs --osd-uuid "$(cat /proc/sys/kernel/random/uuid)" &&
      ceph -c "$conf" osd crush add osd.0 1.0 root=default host=h0
  } >>"$dir/log/make.out" 2>&1 || return 1
  background "$dir" osd ceph-osd -c "$conf" -i 0 -f
  for _ in $(seq 120); do
    ceph -c "$conf" osd stat 2>/dev/null | grep -q '1 up' && return
    sleep 0.5
  done
  return 1
}

failed() {
  tail -n 5 "$1"/log/*.out >&2
  stop "$1"
  exit 1
}

# the gateway first: it waits for the cluster when it ends
stop() {
  local pid
  [ -s "$1/pids" ] && for pid in $(tac "$1/pids"); do
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 100); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
    kill -9 "$pid" 2>/dev/null || true
  done
  rm -rf "$1"
}

case "${1:-}" in
  install) install ;;
  start) start "${2:?a folder}" ;;
  stop) stop "${2:?a folder}" ;;
  *) sed -n '2,5s/^# *//p' "$0" >&2; exit 2 ;;
esac
