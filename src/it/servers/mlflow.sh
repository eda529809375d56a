#!/usr/bin/env bash
# MLflow's server, which the model registry is shown on, from PyPI: what a server needs, without the data science.
#   mlflow.sh install       installs it unless it is in the cache; prints its program
#   mlflow.sh start DIR     starts it on a free port with its data in DIR; prints its address; 3: not installed
#   mlflow.sh halt DIR      stops it and keeps DIR; start goes on at the same address
#   mlflow.sh stop DIR      stops it and removes DIR
# The cache is BALSAM_SERVERS, by default ~/.cache/balsam, which no build cleans.
set -euo pipefail

version=3.6.0
cache="${BALSAM_SERVERS:-$HOME/.cache/balsam}"
venv="$cache/mlflow-$version"
install() {
  if [ ! -x "$venv/bin/mlflow" ]; then
    echo "installing MLflow $version" >&2
    mkdir -p "$cache"
    rm -rf "$venv"
    # scripts of a virtual environment name its folder, so it is made where it stays and marked by its last file
    python3 -m venv "$venv"
    mv "$venv/bin/activate" "$venv/bin/activate.unfinished"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$(dirname "$0")/mlflow.txt" >&2
    mv "$venv/bin/activate.unfinished" "$venv/bin/activate"
  elif [ ! -e "$venv/bin/activate" ]; then
    rm -rf "$venv"
    install
    return
  fi
  echo "$venv/bin/mlflow"
}

start() {
  local dir="$1" port
  [ -e "$venv/bin/activate" ] || exit 3
  mkdir -p "$dir/artifacts"
  [ -s "$dir/port" ] ||
    python3 "$(dirname "$0")/free-ports.py" >"$dir/port"
  port="$(cat "$dir/port")"
  MLFLOW_DISABLE_TELEMETRY=true DO_NOT_TRACK=true PYTHONDONTWRITEBYTECODE=1 MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false \
    nohup setsid "$venv/bin/mlflow" server --host 127.0.0.1 --port "$port" --workers 1 \
    --backend-store-uri "sqlite:///$dir/mlflow.db" --artifacts-destination "$dir/artifacts" >>"$dir/log" 2>&1 </dev/null &
  echo $! >"$dir/pid"
  for _ in $(seq 480); do
    if curl -fs "http://127.0.0.1:$port/health" >/dev/null; then
      echo "http://127.0.0.1:$port"
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
  kill -- "-$pid" 2>/dev/null || true
  while kill -0 -- "-$pid" 2>/dev/null; do sleep 0.1; done
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
