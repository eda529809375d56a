#!/usr/bin/env bash
# Keycloak, the identity server that sign-in and directory are tested against, from its published distribution.
#   keycloak.sh install       fetches it and prepares its database unless that is in the cache; prints its path
#   keycloak.sh start DIR     starts it on a free port with its data in DIR; prints its address; admin / adminsecret; 3: not installed
#   keycloak.sh halt DIR      stops it and keeps DIR; start goes on at the same address
#   keycloak.sh stop DIR      stops it and removes DIR
# Its realm nsi is deploy/keycloak/nsi-realm.json, for a Balsam on port 8080 with the secret "secret" unless the environment
# says otherwise (docs/keycloak.md). The cache is BALSAM_SERVERS, by default ~/.cache/balsam, which no build cleans.
set -euo pipefail

version=26.7.3
root="$(cd "$(dirname "$0")/../../.." && pwd)"
cache="${BALSAM_SERVERS:-$HOME/.cache/balsam}"
keycloak="$cache/keycloak-$version"
export JAVA_OPTS_KC_HEAP="-Xms64m -Xmx512m" JAVA_OPTS_APPEND="-XX:TieredStopAtLevel=1"

# the first run of a server builds its configuration and its tables, which takes a minute or more
install() {
  if [ ! -d "$keycloak" ]; then
    echo "fetching and preparing Keycloak $version once, which takes minutes" >&2
    local work
    work="$(mktemp -d)"
    trap "rm -rf '$work'" EXIT
    (cd "$work" && mvn -B -q -ntp dependency:copy -Dartifact="org.keycloak:keycloak-quarkus-dist:$version:zip" \
      -DoutputDirectory="$work" >&2)
    python3 -m zipfile -e "$work/keycloak-quarkus-dist-$version.zip" "$work"
    mkdir -p "$work/dir"
    mv "$work/keycloak-$version" "$work/dir/server"
    KC_BOOTSTRAP_ADMIN_USERNAME=admin KC_BOOTSTRAP_ADMIN_PASSWORD=adminsecret run "$work/dir" >&2
    halt "$work/dir"
    mkdir -p "$cache"
    mv "$work/dir/server" "$keycloak.$$"
    mv -T "$keycloak.$$" "$keycloak" 2>/dev/null || rm -rf "$keycloak.$$"
  fi
  echo "$keycloak"
}

run() { # DIR, options
  local dir="$1" port
  shift
  [ -f "$dir/port" ] || python3 "$(dirname "$0")/free-ports.py" >"$dir/port"
  port="$(cat "$dir/port")"
  setsid nohup bash "$dir/server/bin/kc.sh" start-dev --http-host=127.0.0.1 --http-port="$port" "$@" \
    >>"$dir/log" 2>&1 </dev/null &
  echo $! >"$dir/pid"
  for _ in $(seq 3600); do
    if curl -fs "http://127.0.0.1:$port/realms/master" >/dev/null; then
      echo "http://127.0.0.1:$port"
      return
    fi
    kill -0 "$(cat "$dir/pid")" 2>/dev/null || break
    sleep 0.25
  done
  cat "$dir/log" >&2
  halt "$dir"
  exit 1
}

start() {
  local dir="$1"
  [ -d "$keycloak" ] || exit 3
  if [ ! -d "$dir/server" ]; then
    mkdir -p "$dir"
    cp -a "$keycloak" "$dir/server"
    mkdir -p "$dir/server/data/import"
    cp "$root/deploy/keycloak/nsi-realm.json" "$dir/server/data/import/"
  fi
  BALSAM_URL="${BALSAM_URL:-http://127.0.0.1:8080}" BALSAM_CLIENT_SECRET="${BALSAM_CLIENT_SECRET:-secret}" \
    run "$dir" --import-realm
}

halt() {
  local pid
  pid="$(cat "$1/pid")"
  kill -- "-$pid" 2>/dev/null || true
  while kill -0 -- "-$pid" 2>/dev/null; do sleep 0.1; done
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
  *) sed -n '2,8s/^# *//p' "$0" >&2; exit 2 ;;
esac
