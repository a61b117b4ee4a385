# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154
# Real registries on loopback for the functional tests; sourced after lib.sh. Debian's docker-registry in four forms.

registry_user=sailor
registry_password='p:ss w0rd'
registry_port=""
registry_address=""

# An authority of our own and a certificate for 127.0.0.1 and localhost; $work/tls/ca.crt is what a client has to trust.
make_certificates() {
    [ ! -d "$work/tls" ] || return 0
    mkdir "$work/tls"
    (
        cd "$work/tls" || exit 1
        new_key=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)
        openssl req -x509 "${new_key[@]}" -days 2 -subj "/CN=Coracle test authority" -keyout ca.key -out ca.crt
        openssl req "${new_key[@]}" -subj "/CN=localhost" -keyout server.key -out server.csr
        openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -out server.crt \
            -extfile <(printf 'subjectAltName=DNS:localhost,IP:127.0.0.1')
    ) >"$work/tls.log" 2>&1 || bail "certificates: $(tail -n 3 "$work/tls.log")"
}

# start_registry FOLDER [plain|auth|tls|tls-auth]: sets registry_port and registry_address; the folder is its storage.
# With TLS, $registry_client_authority is whose clients it lets in.
start_registry() {
    local folder=$1 form=${2:-plain} config scheme=http
    mkdir -p "$folder"
    registry_port=$(free_port)
    registry_address=127.0.0.1:$registry_port
    config=$work/registry-$registry_port.yml
    cat >"$config" <<YAML
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: $folder}, delete: {enabled: true}}
http:
  addr: $registry_address
  secret: test
YAML
    case $form in
        tls | tls-auth)
            make_certificates
            scheme=https
            printf '  tls: {certificate: %s, key: %s%s}\n' "$work/tls/server.crt" "$work/tls/server.key" \
                "${registry_client_authority:+, clientcas: [$registry_client_authority]}" >>"$config"
            ;;
    esac
    case $form in
        auth | tls-auth)
            htpasswd -Bbn "$registry_user" "$registry_password" >"$work/htpasswd"
            printf 'auth: {htpasswd: {realm: test, path: %s}}\n' "$work/htpasswd" >>"$config"
            ;;
    esac
    local registry_client=()
    [ -z "${registry_client_authority:-}" ] || registry_client=(--cert "$work/tls/me.crt" --key "$work/tls/me.key")
    docker-registry serve "$config" >"$work/registry-$registry_port.log" 2>&1 &
    helpers+=($!)
    eventually 20 curl -sk -o /dev/null "${registry_client[@]}" "$scheme://$registry_address/v2/" ||
        bail "registry does not start: $(tail -n 3 "$work/registry-$registry_port.log")"
}

# push_from LAYOUT:NAME NAME [skopeo option...]: into the plain registry started last.
push_from() {
    local source=$1 target=$2
    shift 2
    skopeo copy -q --all --dest-tls-verify=false "$@" "oci:$source" "docker://$registry_address/$target" \
        >"$work/skopeo.log" 2>&1 || bail "push '$target': $(tail -n 3 "$work/skopeo.log")"
}

# push_image NAME[:TAG] [skopeo option...]: an image of make_images.
push_image() {
    local name=$1
    shift
    push_from "$(test_images):${name%%:*}:latest" "$name" "$@"
}

# trust_registry: let the product trust the authority of the TLS registry started last, as docker's certs.d does it.
trust_registry() {
    mkdir -p "$XDG_CONFIG_HOME/docker/certs.d/$registry_address"
    cp "$work/tls/ca.crt" "$XDG_CONFIG_HOME/docker/certs.d/$registry_address/ca.crt"
}

# have_image NAME...: pull test images into the store through a plain registry.
have_image() {
    local name
    start_registry "$work/registry"
    for name in "$@"; do
        push_image "$name"
        capture coracle pull -q "$registry_address/$name"
        [ "$status" = 0 ] || bail "pull '$name': $(report)"
        capture coracle tag "$registry_address/$name" "$name"
        [ "$status" = 0 ] || bail "tag '$name': $(report)"
    done
}
