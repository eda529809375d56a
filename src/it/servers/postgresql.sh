#!/usr/bin/env bash
# PostgreSQL as Debian ships it, with TLS only, prepared by deploy/postgresql/balsam.sql.
#   postgresql.sh install      installs Debian's package, as root, unless it is there; prints the folder of its programs
#   postgresql.sh start DIR    starts it on a free port with its data in DIR; prints the JDBC URL; the logins of balsam.sql
#                              have the passwords ownersecret and appsecret; 3: not installed
#   postgresql.sh halt DIR     stops it at once, as a crash would, and keeps DIR; start goes on at the same address
#   postgresql.sh stop DIR     stops it and removes DIR
# Of several versions the newest is taken.
set -euo pipefail

root="$(cd "$(dirname "$0")/../../.." && pwd)"

programs() {
  find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1 | xargs -r dirname
}

# The server refuses to run as root.
plainly() {
  if [ "$(id -u)" = 0 ]; then
    runuser -u postgres -- "$@"
  else
    "$@"
  fi
}

install() {
  if [ -z "$(programs)" ]; then
    if [ "$(id -u)" != 0 ]; then
      echo "PostgreSQL is not installed; as root: apt-get install postgresql" >&2
      exit 1
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >&2
    apt-get install -y -qq postgresql-common >&2
    # nobody needs the server that the package would start
    sed -i 's/^#\?create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
    apt-get install -y -qq postgresql >&2
  fi
  programs
}

prepare() { # DIR
  local dir="$1"
  mkdir -p "$dir"
  if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
  chmod 755 "$dir"
  plainly "$bin/initdb" -D "$dir/data" -U postgres --auth=peer --encoding=UTF8 --locale=C.UTF-8 >"$dir.log" 2>&1 ||
    { cat "$dir.log" >&2; exit 1; }
  rm -f "$dir.log"
  plainly openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
    -keyout "$dir/data/server.key" -out "$dir/data/server.crt" 2>/dev/null
  plainly tee "$dir/data/pg_hba.conf" >/dev/null <<<"local all postgres trust
hostssl all all 127.0.0.1/32 scram-sha-256"
  cp "$dir/data/server.crt" "$dir/certificate.pem"
  python3 "$(dirname "$0")/free-ports.py" >"$dir/port"
}

start() {
  local dir="$1" new=
  bin="$(programs)"
  [ -n "$bin" ] || exit 3
  if [ ! -d "$dir/data" ]; then
    new=yes
    prepare "$dir"
  fi
  local port
  port="$(cat "$dir/port")"
  plainly "$bin/pg_ctl" -D "$dir/data" -w -t 60 -l "$dir/data/log" start \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir/data -c ssl=on -c max_connections=120" >/dev/null ||
    { cat "$dir/data/log" >&2; exit 1; }
  if [ -n "$new" ]; then
    "$bin/psql" -q -X -h "$dir/data" -p "$port" -U postgres -v owner_password=ownersecret -v app_password=appsecret \
      -f "$root/deploy/postgresql/balsam.sql" >&2
  fi
  echo "jdbc:postgresql://localhost:$port/balsam?sslmode=verify-full&sslrootcert=$dir/certificate.pem"
}

halt() {
  bin="$(programs)"
  plainly "$bin/pg_ctl" -D "$1/data" -w -m immediate stop >/dev/null
}

stop() {
  halt "$1" 2>/dev/null || true
  rm -rf "$1"
}

case "${1:-}" in
  install) install ;;
  start) start "${2:?a folder}" ;;
  halt) halt "${2:?a folder}" ;;
  stop) stop "${2:?a folder}" ;;
  *) sed -n '2,8s/^# *//p' "$0" >&2; exit 2 ;;
esac
