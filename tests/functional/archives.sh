#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# save and load: what goes out comes back the same, whatever the form; what is damaged or hostile leaves nothing.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns

id_of() { coracle inspect -f '{{.Id}}' "$1"; }
names() { coracle images --format '{{.Repository}}:{{.Tag}}' | sort | tr '\n' ' '; }
# What must not be left behind, whatever happened: work in progress, and files beside the archive.
nothing_begun() { is_empty "$store/staging" && [ -z "$(find "$work" -maxdepth 1 -name '.*.tar.*')" ]; }

coracle run --rm --network none welcome true >/dev/null
coracle tag welcome example.org/team/app:1
id=$(id_of welcome)

# --- there and back, in each form
for form in docker-archive oci-archive; do
    check "save as $form" coracle save --format $form -o "$work/$form.tar" welcome:latest example.org/team/app:1
    is "it is a tar with an index" "$(tar -tf "$work/$form.tar" | grep -cx 'index.json')" 1
    check "to a stream" bash -c '"$@" >"$0"' "$work/$form.stream" \
        "${cli[@]}" save --format $form welcome:latest example.org/team/app:1
    check "the stream has the same bytes" cmp "$work/$form.tar" "$work/$form.stream"
    check "rmi" coracle rmi -f "$id"
    check "load" coracle load -i "$work/$form.tar"
    like "says what came" "$out" '^Loaded image: welcome:latest$'
    like "all of it" "$out" '^Loaded image: example.org/team/app:1$'
    is "the same image" "$(id_of welcome)" "$id"
    is "with its names" "$(names)" "example.org/team/app:1 welcome:latest "
    exits 0 "it runs" coracle run --rm --network none example.org/team/app:1 true
done
check "podman's -m" coracle save -m -o "$work/both.tar" welcome:latest example.org/team/app:1
is "is how several are saved anyway" "$(cmp "$work/both.tar" "$work/docker-archive.tar")" ""
check "both spellings" coracle image save -q -o "$work/again.tar" welcome
check "image load" coracle image load -q -i "$work/again.tar"
like "a repository's name saves its tags" "$out" '^Loaded image: welcome:latest$'

check "save as a folder" coracle save --format oci-dir -o "$work/layout" example.org/team/app:1
check "it is a layout" test -f "$work/layout/oci-layout" -a -d "$work/layout/blobs/sha256"
check "rmi" coracle rmi -f "$id"
check "load a folder" coracle load -i "$work/layout"
is "says what came" "$out" "Loaded image: example.org/team/app:1"
refused 1 "a folder that is not empty stays" 'not an empty folder' coracle save --format oci-dir -o "$work/layout" "$id"

# --- without a name
check "save by id" coracle save -o "$work/id.tar" "${id#sha256:}"
check "rmi" coracle rmi -f "$id"
check "load" coracle load -i "$work/id.tar"
is "says its id" "$out" "Loaded image ID: $id"
is "it has no name" "$(names)" "<none>:<none> "
check "tag" coracle tag "$id" welcome

# --- compressed, from a file and from a stream
for tool in gzip zstd xz; do
    $tool -c "$work/docker-archive.tar" >"$work/packed.$tool"
    check "rmi" coracle rmi -f "$id"
    check "load $tool" coracle load -i "$work/packed.$tool"
    like "says what came" "$out" '^Loaded image: welcome:latest$'
    check "rmi" coracle rmi -f "$id"
    check "load $tool from a stream" bash -c 'cat "$0" | "$@"' "$work/packed.$tool" "${cli[@]}" load
    like "says what came" "$out" '^Loaded image: welcome:latest$'
done

# --- a window as large as zstd allows is the disk's: noise does not compress, and fills it
cp "$work/docker-archive.tar" "$work/wide.tar"
head -c 140000000 /dev/urandom >"$work/noise"
tar -rf "$work/wide.tar" -C "$work" noise
zstd -q -1 --long=27 --rm "$work/wide.tar" -o "$work/wide.zst"
check "rmi" coracle rmi -f "$id"
most=$(python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)' "${cli[@]}" load -i "$work/wide.zst")
check "load with a large window takes $most MB of memory, less than 100" test "$most" -lt 100
check "it is there" coracle inspect welcome
rm "$work/noise" "$work/wide.zst"
check "a second time" coracle load -i "$work/docker-archive.tar"
like "says what is there" "$out" '^Loaded image: welcome:latest$'

# --- layers that docker-archives have in another way: compressed, linked, without an index
python3 - "$work/docker-archive.tar" "$work/old.tar" <<'PY'
import gzip, io, json, sys, tarfile
source = tarfile.open(sys.argv[1])
manifest = json.load(source.extractfile("manifest.json"))[:1]
target = tarfile.open(sys.argv[2], "w", format=tarfile.GNU_FORMAT)
def add(name, data):
    info = tarfile.TarInfo(name)
    info.size = len(data)
    target.addfile(info, io.BytesIO(data))
layers = []
for number, layer in enumerate(manifest[0]["Layers"]):
    add(f"real{number}/layer.tar", gzip.compress(source.extractfile(layer).read()))
    link = tarfile.TarInfo(f"old{number}/layer.tar")
    link.type, link.linkname = tarfile.SYMTYPE, f"../real{number}/layer.tar"
    target.addfile(link)
    layers.append(f"./old{number}/layer.tar")
config = manifest[0]["Config"]
add("config.json", source.extractfile(config).read())
add("manifest.json", json.dumps([{"Config": "config.json", "RepoTags": ["old/style:1"], "Layers": layers}]).encode())
target.close()
PY
check "rmi" coracle rmi -f "$id"
check "load an archive of old" coracle load -i "$work/old.tar"
is "says what came" "$out" "Loaded image: old/style:1"
is "the same image" "$(id_of old/style:1)" "$id"
exits 0 "it runs" coracle run --rm --network none old/style:1 true

# --- a name moves to the loaded image, and it is told
coracle tag old/style:1 mine:1
printf 'hello\n' >"$work/hello"
tar -C "$work" -cf "$work/files.tar" hello
check "another image" coracle import "$work/files.tar" other:1
other=$out
check "it gets the name" coracle tag other:1 mine:1
check "save" coracle save -o "$work/mine.tar" mine:1
check "the name goes back" coracle tag old/style:1 mine:1
check "load" coracle load -i "$work/mine.tar"
is "says what came" "$out" "Loaded image: mine:1"
like "and whose name it was" "$err" "mine:1 was that of the image $id"
is "the name has moved" "$(id_of mine:1)" "$other"

# --- what is refused, with a reason, and leaves nothing
refused 1 "no such image" 'no image .nothere' coracle save -o "$work/no.tar" nothere
check "no file is left" test ! -e "$work/no.tar"
refused 125 "an unknown format" 'no archive format' coracle save --format zip -o "$work/no.tar" mine:1
exits 125 "not to a terminal" script -qec "${cli[*]} save mine:1" /dev/null
like "says so" "$out" 'not for a terminal'
refused 1 "a file that is no archive" 'load .*hello' coracle load -i "$work/hello"
refused 1 "a file that is not there" 'no such file' coracle load -i "$work/nothere.tar"
refused 1 "an empty stream" 'load standard input: the archive is empty' coracle load
refused 125 "files instead of an image" 'holds no image' coracle load -i "$work/files.tar"
like "the hint says where they belong" "$err" "coracle import"
blobs=$(find "$store/blobs" -type f | sort)
check "rmi" coracle rmi -f "$id"
lies() { python3 "$here/../support/lying_archive.py" "$work/docker-archive.tar" "$work/lie.tar" "$1"; }
while read -r kind pattern; do
    lies "$kind" || bail "lying_archive.py $kind"
    refused 1 "$kind is refused" "$pattern" coracle load -i "$work/lie.tar"
    check "$kind leaves nothing begun" nothing_begun
done <<'LIES'
layer-bytes layer .*digest
config-bytes damaged
layer-missing has no file|missing
layer-truncated ends in the middle
link-outside outside of the archive
twice has it twice
dotdot may not contain
manifest-missing digest|has no file
index-deep manifest
device-layer no file|missing
LIES
is "no image came of them" "$(id_of welcome:latest 2>/dev/null)" ""
check "no blob is left of them" test -z "$(comm -13 <(echo "$blobs") <(find "$store/blobs" -type f | sort))"
python3 -c 'import sys; sys.stdout.buffer.write(bytes(64 << 20))' | gzip -9 >"$work/bomb.gz"
cat "$work/bomb.gz" "$work/bomb.gz" "$work/bomb.gz" "$work/bomb.gz" >"$work/bombs.gz"
refused 1 "a decompression bomb" 'bomb|archive' coracle load -i "$work/bombs.gz"
check "leaves nothing begun" nothing_begun

# --- room: what the person leaves to images
settings=$XDG_CONFIG_HOME/coracle/store.json
kept=$(cat "$settings")
check "the image goes" coracle rmi -f mine:1
check "its layers, too" coracle system prune -af
while read -r limit pattern; do
    echo "{\"disk\": {$limit}}" >"$settings"
    refused 1 "a load beyond $limit" "$pattern" coracle load -i "$work/docker-archive.tar"
    check "leaves nothing begun" nothing_begun
done <<'LIMITS'
"quota":"1k" images take .* and may take 1.02kB.*needs about
"reserve":"100%" no space left on the disk
"reserve":"8000000000g" no space left on the disk
LIMITS
echo '{"disk": {"quota": "1t", "reserve": "1m"}}' >"$settings"
check "a load within its limits" coracle load -q -i "$work/docker-archive.tar"
echo "$kept" >"$settings"

# --- from a server; in the middle of two files is no end of an archive
port=$(free_port)
printf 'second\n' >"$work/second"
tar -C "$work" -cf "$work/files.tar" hello second
python3 "$here/../support/file_server.py" "$port" "$work/files.tar" &
helpers+=($!)
check "a server" eventually 20 curl -so /dev/null "http://127.0.0.1:$port/whole"
check "import of an address" coracle import "http://127.0.0.1:$port/moved" served:1
is "is the file's image" "$(coracle image files -q served:1 | grep -c '/hello$')" 1
like "history says where it came from" "$(coracle history --no-trunc served:1)" "Imported from http://127.0.0.1:$port/moved"
refused 1 "a broken download" 'ended|closed|broken|bytes' coracle import "http://127.0.0.1:$port/half" half:1
refused 1 "an address that is not there" 'answers 404' coracle import "http://127.0.0.1:$port/gone" half:1
exits 1 "no image came of them" coracle image inspect half:1
check "they leave nothing begun" nothing_begun
timeout -s INT 2 "${cli[@]}" import "http://127.0.0.1:$port/slow" half:1 >/dev/null 2>&1
is "it can be given up" "$?" 124
check "that leaves nothing begun" nothing_begun
check "rmi" coracle rmi served:1

# --- given up by Ctrl+C
mkfifo "$work/pipe"
(head -c 100000 "$work/docker-archive.tar"; exec tail -f /dev/null) >"$work/pipe" 2>/dev/null &
writer=$!
"${cli[@]}" load -i "$work/pipe" >"$work/stdout" 2>"$work/stderr" &
client=$!
check "a load waits for its input" eventually 20 bash -c "[ -n \"\$(ls -A '$store/staging')\" ]"
# Twice in a row by one sender, as timeout(1) does it.
kill -INT $client $client
wait $client
is "given up, it fails" "$?" 130
like "says so" "$(cat "$work/stderr")" 'cancelled'
kill $writer 2>/dev/null
check "and leaves nothing begun" nothing_begun
check "the next load works" coracle load -q -i "$work/docker-archive.tar"
is "names are as before" "$(names | tr " " "\n" | grep -c app:1)" 1
finish
