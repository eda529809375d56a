#!/usr/bin/env bash
# MinIO over TLS, with a certificate of an authority made for it, and with buckets in host names: <bucket>.s3.localhost.
#   minio-tls.sh start DIR  like minio.sh; DIR/ca.pem is the authority
#   minio-tls.sh stop DIR   like minio.sh, which also installs it
set -euo pipefail

minio="$(dirname "$0")/minio.sh"

certificates() {
  local dir="$1"
  mkdir -p "$dir/certs"
  {
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Test authority" -keyout "$dir/ca.key" -out "$dir/ca.pem"
    openssl req -newkey rsa:2048 -nodes -subj "/CN=s3.localhost" -keyout "$dir/certs/private.key" -out "$dir/request.pem"
    openssl x509 -req -days 2 -in "$dir/request.pem" -CA "$dir/ca.pem" -CAkey "$dir/ca.key" -CAcreateserial -out "$dir/certs/public.crt" \
      -extfile <(echo "subjectAltName=DNS:s3.localhost,DNS:*.s3.localhost,DNS:localhost,IP:127.0.0.1")
  } 2>"$dir/openssl.log"
}

case "${1:-}" in
  start)
    certificates "${2:?a folder}"
    MINIO_DOMAIN=s3.localhost "$minio" start "$2"
    ;;
  stop) "$minio" stop "${2:?a folder}" ;;
  *) sed -n '2,4s/^# *//p' "$0" >&2; exit 2 ;;
esac
