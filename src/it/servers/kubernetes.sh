#!/usr/bin/env bash
# A Kubernetes control plane (API server, controllers, scheduler, etcd; no kubelet) that the adapters are tested against,
# built from the pinned source of its project as one program.
#   kubernetes.sh install       builds it unless it is in the cache; prints its path
#   kubernetes.sh start DIR     starts it on free ports with its data in DIR; prints its address; DIR/kubeconfig is an administrator's; 3: not installed
#   kubernetes.sh halt DIR      stops it and keeps DIR; start goes on at the same address
#   kubernetes.sh stop DIR      stops it and removes DIR
# The cache is BALSAM_SERVERS, by default ~/.cache/balsam, which no build cleans.
set -euo pipefail

version=1.36.3
etcd=3.6.8                                 # what this Kubernetes names in its go.mod
needs_go=26                                # of Go 1
cache="${BALSAM_SERVERS:-$HOME/.cache/balsam}"
program="$cache/kubernetes-v$version"

install() {
  if [ ! -x "$program" ]; then
    local minor
    minor="$(go env GOVERSION 2>/dev/null | sed -n 's/^go1\.\([0-9]*\).*/\1/p')"
    if [ "${minor:-0}" -lt "$needs_go" ]; then
      echo "Kubernetes is built with Go 1.$needs_go or later; found: $(go env GOVERSION 2>/dev/null || echo none). Install Go, or put the program at $program" >&2
      exit 1
    fi
    echo "building Kubernetes $version and etcd $etcd once, which takes minutes" >&2
    local build
    build="$(mktemp -d)"
    trap "rm -rf '$build'" EXIT
    (cd "$build" && sources && compile)
    mkdir -p "$cache"
    mv "$build/kubernetes" "$program.$$" && mv "$program.$$" "$program"
  fi
  echo "$program"
}

# Kubernetes cannot be named to `go install`, because its go.mod replaces its own libraries by folders
sources() {
  local upstream
  upstream="$(go mod download -json "k8s.io/kubernetes@v$version" | python3 -c 'import json, sys; print(json.load(sys.stdin)["GoMod"])')"
  {
    printf 'module balsam/kubernetes\n\ngo 1.%s\n\nrequire (\n  k8s.io/kubernetes v%s\n  go.etcd.io/etcd/server/v3 v%s\n)\n\n' "$needs_go" "$version" "$etcd"
    sed -n 's|^[[:space:]]*\(k8s\.io/[a-z0-9-]*\) v0\.0\.0\( .*\)\{0,1\}$|\1|p' "$upstream" | sort -u \
      | sed "s|.*|replace & => & v0.${version#1.}|"
  } >go.mod
  cat >main.go <<'GO'
// The programs of a control plane in one: the first argument says which.
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	api "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

func main() {
	program := os.Args[1]
	os.Args = append([]string{program}, os.Args[2:]...)
	switch program {
	case "etcd":
		etcdmain.Main(os.Args)
	case "kube-apiserver":
		os.Exit(cli.Run(api.NewAPIServerCommand()))
	case "kube-controller-manager":
		os.Exit(cli.Run(controllers.NewControllerManagerCommand()))
	case "kube-scheduler":
		os.Exit(cli.Run(scheduler.NewSchedulerCommand()))
	}
}
GO
  go mod tidy >tidy.log 2>&1 || { tail -n 20 tidy.log >&2; exit 1; }
}

compile() {
  local minor="${version#1.}" pkg=k8s.io/component-base/version
  CGO_ENABLED=0 nice -n 10 go build -trimpath -buildvcs=false \
    -ldflags "-s -w -X $pkg.gitVersion=v$version -X $pkg.gitMajor=1 -X $pkg.gitMinor=${minor%%.*}" -o kubernetes . >&2
}

start() {
  local dir="$1" etcd_port peer_port port token
  [ -x "$program" ] || exit 3
  mkdir -p "$dir/pki"
  dir="$(cd "$dir" && pwd)"
  [ -s "$dir/ports" ] || prepare "$dir"
  read -r etcd_port peer_port port <"$dir/ports"
  token="$(cut -d, -f1 "$dir/pki/tokens.csv")"

  run "$dir" etcd --data-dir "$dir/etcd" --log-level warn --unsafe-no-fsync \
    --listen-client-urls "http://127.0.0.1:$etcd_port" --advertise-client-urls "http://127.0.0.1:$etcd_port" \
    --listen-peer-urls "http://127.0.0.1:$peer_port" --initial-advertise-peer-urls "http://127.0.0.1:$peer_port" \
    --initial-cluster "default=http://127.0.0.1:$peer_port"
  run "$dir" kube-apiserver --etcd-servers "http://127.0.0.1:$etcd_port" --bind-address 127.0.0.1 --secure-port "$port" \
    --advertise-address 10.254.254.1 --endpoint-reconciler-type none --service-cluster-ip-range 10.99.0.0/24 \
    --tls-cert-file "$dir/pki/certificate.pem" --tls-private-key-file "$dir/pki/key.pem" --cert-dir "$dir/pki" \
    --service-account-issuer https://kubernetes.default.svc --service-account-key-file "$dir/pki/public.pem" \
    --service-account-signing-key-file "$dir/pki/key.pem" --token-auth-file "$dir/pki/tokens.csv" --authorization-mode RBAC \
    --enable-admission-plugins OwnerReferencesPermissionEnforcement --kubelet-preferred-address-types InternalIP
  await "$dir" "$port" "$token" /readyz ok
  run "$dir" kube-controller-manager --kubeconfig "$dir/kubeconfig" --leader-elect=false --secure-port 0 \
    --service-account-private-key-file "$dir/pki/key.pem" --use-service-account-credentials=false \
    --controllers '*,-node-ipam-controller,-node-lifecycle-controller,-node-route-controller,-service-lb-controller'
  run "$dir" kube-scheduler --kubeconfig "$dir/kubeconfig" --leader-elect=false --secure-port 0
  await "$dir" "$port" "$token" /api/v1/namespaces/default/serviceaccounts/default '"uid"'
  echo "https://127.0.0.1:$port"
}

prepare() { # folder
  local token
  openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=kubernetes -addext subjectAltName=IP:127.0.0.1,DNS:localhost \
    -keyout "$1/pki/key.pem" -out "$1/pki/certificate.pem" 2>/dev/null
  openssl rsa -in "$1/pki/key.pem" -pubout -out "$1/pki/public.pem" 2>/dev/null
  token="$(openssl rand -hex 16)"
  echo "$token,admin,admin,\"system:masters\"" >"$1/pki/tokens.csv"
  python3 "$(dirname "$0")/free-ports.py" 3 >"$1/ports"
  kubeconfig "$(cut -d" " -f3 "$1/ports")" "$token" "$1/pki/certificate.pem" >"$1/kubeconfig"
}

run() { # folder, program, arguments
  local dir="$1" name="$2"
  nohup "$program" "${@:2}" >>"$dir/$name.log" 2>&1 </dev/null &
  echo $! >"$dir/$name.pid"
}

await() { # folder, port, token, path, expected
  for _ in $(seq 480); do
    if curl -fsk -H "Authorization: Bearer $3" "https://127.0.0.1:$2$4" 2>/dev/null | grep -q "$5"; then
      return
    fi
    sleep 0.25
  done
  tail -n 20 "$1"/*.log >&2
  exit 1
}

kubeconfig() { # port, token, certificate
  cat <<YAML
apiVersion: v1
kind: Config
clusters: [{name: test, cluster: {server: "https://127.0.0.1:$1", certificate-authority: "$3"}}]
users: [{name: admin, user: {token: "$2"}}]
contexts: [{name: test, context: {cluster: test, user: admin}}]
current-context: test
YAML
}

halt() {
  local name pid
  for name in kube-scheduler kube-controller-manager kube-apiserver etcd; do
    [ -s "$1/$name.pid" ] || continue
    pid="$(cat "$1/$name.pid")"
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -9 "$pid" 2>/dev/null || true
    rm -f "$1/$name.pid"
  done
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
