#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Archives that others read and write: skopeo, umoci, buildah, podman. Each takes what we save, and we load what each
# makes.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns subids skopeo umoci buildah podman

id_of() { coracle inspect -f '{{.Id}}' "$1"; }
skopeo_copy() { skopeo --insecure-policy copy -q "$@"; }
others=(--root "$work/others" --runroot "$run_dir/others" --storage-driver vfs)
mkdir -p "$HOME/.config/containers"
echo '{"default":[{"type":"insecureAcceptAnything"}]}' >"$HOME/.config/containers/policy.json"
export BUILDAH_ISOLATION=chroot
mkdir -p "$DOCKER_CONFIG"
echo "{}" >"$DOCKER_CONFIG/config.json"
runs() { coracle run --rm --network none "$@"; }

# An image whose files a tool could get wrong: owners, links, a removed file, a replaced folder, a hole.
coracle run --name seed --network none welcome sh -c '
    mkdir /d /e; echo old >/d/old; echo x >/e/x; ln /e/x /e/y; ln -s x /e/l; chown 12:34 /e/x; chmod 2755 /e' >/dev/null
coracle commit seed step:1 >/dev/null
coracle run --name step --network none step:1 sh -c '
    rm -rf /d; mkdir /d; echo new >/d/new; rm /e/l
    dd if=/dev/zero of=/e/hole bs=1 count=1 seek=4194303 2>/dev/null' >/dev/null
coracle commit -c 'CMD ["cat", "/d/new"]' step work/image:1 >/dev/null
coracle rm -f seed step >/dev/null
id=$(id_of work/image:1)
hex=${id#sha256:}
look='ls /d; test ! -e /e/l && stat -c "%u:%g %h" /e/x; stat -c %a /e; stat -c %s /e/hole'
truth=$(printf 'new\n12:34 2\n2755\n4194304')
is "our own image" "$(runs work/image:1 sh -c "$look")" "$truth"
for form in docker-archive oci-archive; do
    check "save as $form" coracle save --format $form -o "$work/$form.tar" work/image:1
done

# --- ours to theirs
for form in docker-archive oci-archive; do
    check "skopeo inspects our $form" skopeo inspect "$form:$work/$form.tar"
    like "and knows its layers" "$out" '"Layers"'
    check "skopeo copies our $form" skopeo_copy "$form:$work/$form.tar" "oci:$work/copied-$form:1"
done
is "which stays the same image" "$(skopeo inspect --raw "oci:$work/copied-oci-archive:1" | grep -o "$hex")" "$hex"
check "our docker-archive is an OCI layout, too" skopeo inspect "oci-archive:$work/docker-archive.tar"
check "umoci unpacks it" umoci unpack --rootless --image "$work/copied-oci-archive:1" "$work/bundle"
is "with what is in it" "$(ls "$work/bundle/rootfs/d")" new
check "and what is not" test ! -e "$work/bundle/rootfs/e/l"
is "and the whole file" "$(stat -c %s "$work/bundle/rootfs/e/hole")" 4194304
check "buildah starts from it" buildah "${others[@]}" from --name ours "oci-archive:$work/oci-archive.tar"
is "with what is in it" "$(buildah "${others[@]}" run ours -- sh -c "$look" 2>"$work/stderr" | tr -d '\r')" "$truth"
check "podman loads our docker-archive" podman "${others[@]}" load -q -i "$work/docker-archive.tar"
like "under its name" "$out" 'work/image:1'
is "with its id" "$(podman "${others[@]}" image inspect -f '{{.Id}}' work/image:1)" "$hex"
check "podman loads our oci-archive" podman "${others[@]}" load -q -i "$work/oci-archive.tar"

# --- theirs to ours
taken() { # taken FILE NAME: load gives the image under its name, with the same files
    check "rmi" coracle rmi -f "$id"
    check "load $(basename "$1")" coracle load -q -i "$1"
    like "under its name" "$out" "$2"
    local image=${out##*: }
    is "with its files" "$(runs "$image" sh -c "$look")" "$truth"
}
theirs=oci:$work/copied-oci-archive:1
check "skopeo writes a docker-archive" skopeo_copy "$theirs" "docker-archive:$work/s-docker.tar:work/image:1"
taken "$work/s-docker.tar" '^Loaded image: work/image:1$'
check "skopeo writes an oci-archive" skopeo_copy "$theirs" "oci-archive:$work/s-oci.tar:work/image:1"
taken "$work/s-oci.tar" '^Loaded image: localhost/work/image:1$'
check "podman writes a docker-archive" podman "${others[@]}" save -q -o "$work/p-docker.tar" work/image:1
taken "$work/p-docker.tar" 'work/image:1$'
check "podman writes an oci-archive" \
    podman "${others[@]}" save -q --format oci-archive -o "$work/p-oci.tar" work/image:1
taken "$work/p-oci.tar" 'work/image:1$'
check "podman writes a folder" podman "${others[@]}" save -q --format oci-dir -o "$work/p-layout" work/image:1
taken "$work/p-layout" '^Loaded image'
echo added >"$work/added"
check "buildah changes it" buildah "${others[@]}" copy ours "$work/added" /added
check "buildah writes an archive" buildah "${others[@]}" commit -q ours "docker-archive:$work/b.tar:work/built:1"
taken "$work/b.tar" '^Loaded image: .*work/built:1$'
is "with what was added" "$(runs work/built:1 cat /added)" added
check "umoci changes it" umoci insert --rootless --image "$work/copied-oci-archive:1" --tag 2 "$work/added" /added
check "load umoci's folder" coracle load -q -i "$work/copied-oci-archive"
last=$(tail -n 1 <<<"$out")
is "with what was added" "$(runs "${last##*: }" cat /added)" added

# --- files of containers
coracle run --name files --network none work/built:1 true
check "export" coracle export -o "$work/files.tar" files
check "buildah takes the files" buildah "${others[@]}" from --name scratch scratch
check "as a layer" buildah "${others[@]}" add scratch "$work/files.tar" /
check "podman imports them" podman "${others[@]}" import -q "$work/files.tar" flat:1
podman "${others[@]}" create -q --name flat flat:1 true >/dev/null
check "podman exports them" podman "${others[@]}" export -o "$work/p-files.tar" flat
check "import podman's export" coracle import "$work/p-files.tar" flat:1
is "with their owners and links" "$(runs flat:1 sh -c "$look")" "$truth"
buildah "${others[@]}" rm -a >/dev/null 2>&1
podman "${others[@]}" rm -af >/dev/null 2>&1
podman "${others[@]}" system reset -f >/dev/null 2>&1
buildah unshare rm -rf "$work/others" "$work/bundle" 2>/dev/null
finish
