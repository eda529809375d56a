#!/usr/bin/env bash
# MinIO, the storage server that the adapters are tested against, built from its pinned source as its project documents.
#   minio.sh install       builds it unless it is in the cache; prints its path
#   minio.sh start DIR     starts it on a free port with its data in DIR; prints its address; root / rootsecret; 3: not installed
#   minio.sh halt DIR      stops it and keeps DIR; start goes on at the same address
#   minio.sh stop DIR      stops it and removes DIR
# The cache is BALSAM_SERVERS, by default ~/.cache/balsam, which no build cleans.
set -euo pipefail

version=v0.0.0-20260212201848-7aac2a2c5b7c # the last commit; newer releases of MinIO are not published as source
needs_go=24                                # of Go 1
cache="${BALSAM_SERVERS:-$HOME/.cache/balsam}"
minio="$cache/minio-$version"

install() {
  if [ ! -x "$minio" ]; then
    local minor
    minor="$(go env GOVERSION 2>/dev/null | sed -n 's/^go1\.\([0-9]*\).*/\1/p')"
    if [ "${minor:-0}" -lt "$needs_go" ]; then
      echo "MinIO is built with Go 1.$needs_go or later; found: $(go env GOVERSION 2>/dev/null || echo none). Install Go, or put the program at $minio" >&2
      exit 1
    fi
    echo "building MinIO $version once, which takes minutes" >&2
    local build
    build="$(mktemp -d)"
    GOBIN="$build" CGO_ENABLED=0 GOFLAGS=-buildvcs=false \
      nice -n 10 go install -trimpath -ldflags "-s -w" "github.com/minio/minio@$version" >&2
    mkdir -p "$cache"
    mv "$build/minio" "$minio.$$" && mv "$minio.$$" "$minio"
    rm -rf "$build"
  fi
  echo "$minio"
}

start() {
  local dir="$1" port
  [ -x "$minio" ] || exit 3
  mkdir -p "$dir/data"
  [ -s "$dir/port" ] ||
    python3 "$(dirname "$0")/free-ports.py" >"$dir/port"
  port="$(cat "$dir/port")"
  local address="http://127.0.0.1:$port" certs=()
  if [ -d "$dir/certs" ]; then
    address="https://127.0.0.1:$port"
    certs=(--certs-dir "$dir/certs")
  fi
  MINIO_ROOT_USER=root MINIO_ROOT_PASSWORD=rootsecret MINIO_BROWSER=off \
    nohup "$minio" server --quiet "${certs[@]}" --address "127.0.0.1:$port" "$dir/data" >>"$dir/log" 2>&1 </dev/null &
  echo $! >"$dir/pid"
  for _ in $(seq 240); do
    if curl -fsk "$address/minio/health/ready" >/dev/null; then
      echo "$address"
      return
    fi
    sleep 0.25
  done
  cat "$dir/log" >&2
  exit 1
}

halt() {
  local pid
  [ -s "$1/pid" ] || return 0
  pid="$(cat "$1/pid")"
  kill "$pid" 2>/dev/null || true
  while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
  rm -f "$1/pid"
}

stop() {
  halt "$1"
  rm -rf "$1"
}

case "${1:-}" in
  install) install ;;
  start) start "${2:?a folder}" ;;
  halt) halt "${2:?a folder}" ;;
  stop) stop "${2:?a folder}" ;;
  *) sed -n '2,7s/^# *//p' "$0" >&2; exit 2 ;;
esac
