#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# cp: docker's rules for paths, both ways, as a stream, on running and stopped containers, owners, and containers that
# try to lead a copy astray.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns seccomp

# Below it every path of this computer lies.
here=$work/files
mkdir -p "$here/tree/sub" "$here/out"
echo one >"$here/one"
echo deep >"$here/tree/sub/deep"
echo top >"$here/tree/top"
ln -s sub/deep "$here/tree/link"
chmod 751 "$here/tree/sub"
chmod 640 "$here/one"
cd "$here" || bail "no folder"

inside() { coracle exec c "$@"; }
names() { (cd "$1" && find . | LC_ALL=C sort | tr '\n' ' '); }

check "a container runs" coracle run -d --name c -v data:/data --tmpfs /scratch welcome sleep 1000

# --- docker's cases, into the container
check "a file to a new name" coracle cp one c:/tmp/new
is "has its content" "$(inside cat /tmp/new)" one
is "its mode, and belongs to root" "$(inside stat -c '%a %u:%g' /tmp/new)" "640 0:0"
check "a file into a folder" coracle cp one c:/tmp
is "keeps its name" "$(inside cat /tmp/one)" one
refused 1 "a file into a folder that is not there" "does not exist" coracle cp one c:/tmp/none/
refused 1 "or below one" "'/tmp/none' does not exist" coracle cp one c:/tmp/none/one
echo two >two
check "a file onto a file" coracle cp two c:/tmp/one
is "takes its place" "$(inside cat /tmp/one)" two
check "a folder to a new name" coracle cp tree c:/tmp/t1
is "is that folder" "$(inside find /tmp/t1 | LC_ALL=C sort | tr '\n' ' ')" \
    "/tmp/t1 /tmp/t1/link /tmp/t1/sub /tmp/t1/sub/deep /tmp/t1/top "
is "with links as links" "$(inside readlink /tmp/t1/link)" sub/deep
is "and modes" "$(inside stat -c %a /tmp/t1/sub)" 751
check "a folder into a folder" coracle cp tree/ c:/tmp/t1
is "lies below it" "$(inside cat /tmp/t1/tree/sub/deep)" deep
check "the content of a folder" coracle cp tree/. c:/data
is "lies in it" "$(inside cat /data/sub/deep)" deep
refused 1 "a folder onto a file" "cannot be copied onto the file" coracle cp tree c:/tmp/one
check "a folder of the same name is merged" coracle cp tree c:/tmp
check "twice" coracle cp tree c:/tmp
is "into one" "$(inside cat /tmp/tree/top)" top
inside mkdir /tmp/clash
inside mkdir /tmp/clash/one
refused 1 "a file onto a folder's name" "onto the folder" coracle cp one c:/tmp/clash
check "a path without a slash begins at the root" coracle cp one c:tmp/rel
is "of the container" "$(inside cat /tmp/rel)" one
check "a name with a colon is a path after ./" coracle cp ./one c:/tmp/a:b
check "into a tmpfs" coracle cp one c:/scratch/
is "of the container" "$(inside cat /scratch/one)" one
check "a file that is mounted is overwritten" coracle cp one c:/etc/hosts
is "in place" "$(inside cat /etc/hosts)" one
refused 1 "what is not here" "there is no '$here/none'" coracle cp none c:/tmp/x
refused 1 "what is not there" "there is no '/none'" coracle cp c:/none out/x
refused 1 "a container that is not there" "nobody" coracle cp nobody:/etc/passwd out/x
refused 1 "no container at all" "one of the two" coracle cp one two
refused 1 "no path" "names no path" coracle cp c: two

# --- out of it
check "a file out" coracle cp c:/tmp/t1/sub/deep out/file
is "has its content" "$(cat out/file)" deep
check "into a folder" coracle cp c:/etc/passwd out
is "keeps its name" "$(inside cat /etc/passwd)" "$(cat out/passwd)"
check "a folder out" coracle cp c:/tmp/t1/sub out/sub
is "with its files" "$(names out/sub)" ". ./deep "
check "the content of a folder out" coracle cp c:/tmp/t1/. out
is "lies beside" "$(cat out/top)" top
is "a link stays a link" "$(readlink out/link)" sub/deep
check "a link itself" coracle cp c:/tmp/t1/link out/l1
is "without -L" "$(readlink out/l1)" sub/deep
check "-L follows it" coracle cp -L c:/tmp/t1/link out/l2
is "to the file" "$(stat -c %F out/l2) $(cat out/l2)" "regular file deep"
inside sh -c 'ln -s /tmp/t1 /tmp/folderlink'
check "a link with a slash is its folder" coracle cp c:/tmp/folderlink/ out/viaslash
is "and not the link" "$(cat out/viaslash/top)" top
check "an absolute link of the container leads inside it" coracle cp one c:/tmp/folderlink/from-here
is "as for its programs" "$(inside cat /tmp/t1/from-here)" one
inside sh -c 'touch /tmp/foreign; chown 33:44 /tmp/foreign; chmod 4755 /tmp/foreign'
check "a file of somebody else" coracle cp c:/tmp/foreign out/foreign
is "is the user's here, without what lends rights" "$(stat -c '%u %a' out/foreign)" "$(id -u) 755"
check "-a says that it cannot keep owners here" coracle cp -a c:/tmp/foreign out/foreign
like "in one line" "$err" "^warning: .*-a"
check "the whole root leaves out the kernel's folders" coracle cp c:/ out/root
is "with their content" "$(names out/root/proc)$(names out/root/sys)" ". . "
check "the files are there" test -s out/root/etc/passwd

# --- owners
check "-a keeps numbers" coracle cp -a one c:/tmp/owned
is "of this computer" "$(inside stat -c '%u:%g' /tmp/owned)" "$(id -u):$(id -g)"

# --- streams
coracle cp c:/tmp/t1 - >t1.tar
listing=$(tar tf t1.tar | LC_ALL=C sort | tr '\n' ' ')
wanted="t1/ t1/from-here t1/link t1/sub/ t1/sub/deep t1/top "
wanted+="t1/tree/ t1/tree/link t1/tree/sub/ t1/tree/sub/deep t1/tree/top "
is "a stream holds the folder" "$listing" "$wanted"
inside mkdir /tmp/unpacked
check "a stream into a folder" sh -c '"$@" cp - c:/tmp/unpacked <t1.tar' sh "${cli[@]}"
is "is unpacked" "$(inside cat /tmp/unpacked/t1/sub/deep)" deep
gzip -k t1.tar
check "a compressed one" sh -c '"$@" cp - c:/scratch <t1.tar.gz' sh "${cli[@]}"
is "too" "$(inside cat /scratch/t1/sub/deep)" deep
tar cf owned.tar --owner=33 --group=44 one
check "an archive says who owns" sh -c '"$@" cp - c:/tmp/unpacked <owned.tar' sh "${cli[@]}"
is "its files" "$(inside stat -c '%u:%g' /tmp/unpacked/one)" 33:44
refused 1 "an archive onto a file" "has to be a folder" sh -c '"$@" cp - c:/tmp/one <t1.tar' sh "${cli[@]}"
refused 1 "no archive" "archive|tar" \
    sh -c 'echo nonsense that is longer than nothing | "$@" cp - c:/tmp/unpacked' sh "${cli[@]}"
mkdir -p link-first/lib
ln -s /tmp/unpacked link-first/lib/there
tar cf through.tar -C link-first lib/there
tar rf through.tar --transform 's,^one,lib/there/through,' one
inside mkdir -p /tmp/rooted/lib
check "an archive may pass through a link of the container" \
    sh -c '"$@" cp - c:/tmp/rooted <through.tar' sh "${cli[@]}"
is "inside it" "$(inside cat /tmp/unpacked/through)" one

# A window as large as zstd allows is the disk's: noise does not compress, and fills it.
head -c 140000000 /dev/urandom >noise
tar cf wide.tar noise
zstd -q -1 --long=27 wide.tar -o wide.zst
most=$(python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[2:], check=True, stdin=open(sys.argv[1]), stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)' wide.zst "${cli[@]}" cp - c:/tmp/unpacked)
check "an archive with a large window takes $most MB of memory, less than 100" test "$most" -lt 100
is "and is unpacked" "$(coracle cp c:/tmp/unpacked/noise - | tar xO | cksum)" "$(cksum <noise)"
is "nothing of the window is left" "$(ls -A "$store/staging")" ""
inside rm /tmp/unpacked/noise
rm noise wide.tar wide.zst

# --- between containers
check "a second container" coracle run -d --name d welcome sleep 1000
check "from one to the other" coracle cp c:/tmp/t1 d:/tmp
is "with its files" "$(coracle exec d cat /tmp/t1/sub/deep)" deep

# --- words on a terminal, silence elsewhere
is "nothing is said without a terminal" "$(coracle cp one c:/tmp/quiet 2>&1)" ""
like "-q=false says what docker says" "$(coracle cp --quiet=false one c:/tmp/quiet 2>&1)" \
    '^Successfully copied [0-9.]+kB to c:/tmp/quiet$'
like "on a terminal, too" "$(script -qec "${cli[*]} cp one c:/tmp/quiet" /dev/null </dev/null)" \
    'Successfully copied [0-9.]+kB to c:/tmp/quiet'
is "and -q does not" "$(script -qec "${cli[*]} cp -q one c:/tmp/quiet" /dev/null </dev/null)" ""

# --- a hostile container: nothing outside of its target may change
echo precious >"$here/victim"
ln -s "$here" victim-folder
inside \
    sh -c "mkdir -p /evil && ln -s '$here/victim' /evil/file && ln -s '$here' /evil/folder"
inside ln -s /../../../../etc /evil/up
mkdir trap
check "links of a container come as links" coracle cp c:/evil trap
is "that nobody has followed" "$(readlink trap/evil/file) $(cat victim)" "$here/victim precious"
refused 1 "a path through a link to this computer is the container's" "there is no" \
    coracle cp "c:/evil/folder/victim" out/stolen
refused 1 "also on the way in" "does not exist" coracle cp one "c:/evil/folder/victim/x"
check "a link at the end of the target leads inside" coracle cp one c:/evil/up
is "to its own folder" "$(inside cat /etc/one)" one
check "the victim is as it was" test "$(cat victim)" = precious
python3 - <<'PY' || bail "no archive"
import io, tarfile
with tarfile.open("hostile.tar", "w") as tar:
    data = tarfile.TarInfo("../escaped")
    data.size = 1
    tar.addfile(data, io.BytesIO(b"x"))
PY
refused 1 "a name that climbs out" "escaped" sh -c '"$@" cp - c:/tmp/unpacked <hostile.tar' sh "${cli[@]}"
inside mkfifo /evil/pipe
check "a pipe is no reason to wait" timeout 20 "${cli[@]}" cp c:/evil/pipe out/pipe
is "and stays one" "$(stat -c %F out/pipe)" fifo
refused 1 "a device is refused" "device" coracle cp c:/dev/null out/null
refused 1 "the host's processes cannot be reached by /proc" "there is no|No such|no such|denied|symbolic" \
    coracle cp c:/proc/self/root/etc/passwd out/stolen

# --- cancelled: no half file
inside sh -c 'head -c 200000000 /dev/zero | tr "\0" x >/data/big'
mkfifo slow
"${cli[@]}" cp - c:/scratch <slow 2>/dev/null &
copier=$!
exec 9>slow
tar cf - tree/top >&9
kill -TERM "$copier" # a shell in the background may have SIGINT ignored, and so has all that it starts
if wait "$copier"; then
    not_ok "an interrupted copy fails"
else
    ok "an interrupted copy fails"
fi
exec 9>&-
is "and leaves nothing half" "$(inside sh -c 'ls -A /scratch | grep coracle')" ""

# --- stopped
check "stopped" coracle stop -t 0 c
check "into a stopped container" coracle cp tree c:/tmp/stopped
check "and its volume" coracle cp one c:/data/stopped
check "out of a stopped container" coracle cp c:/tmp/stopped/sub/deep out/stopped
is "with what was put in" "$(cat out/stopped)" deep
check "a stream out of it" sh -c '"$@" cp c:/data/stopped - | tar xO' sh "${cli[@]}"
is "of its volume" "$out" one
check "started again" coracle start c
is "it has the file" "$(inside cat /tmp/stopped/top)" top
is "and the volume's" "$(inside cat /data/stopped)" one
check "created" coracle create --name e --read-only welcome true
refused 1 "a read-only root stays so" "read-only" coracle cp one e:/tmp/one
check "its files can be read" coracle cp e:/etc/passwd out/created
check "and it starts" coracle start -a e
check "with fuse-overlayfs and a map of its own" coracle create --name k --userns keep-id welcome \
    sh -c 'cat /tmp/one; stat -c %u /tmp/one'
check "too" coracle cp two k:/tmp/one
check "it reads" coracle start -a k
is "what it got, as its root's" "$out" $'two\n0'
coracle stop -t 0 c >/dev/null
"${cli[@]}" cp - c:/tmp <slow 2>/dev/null &
copier=$!
exec 9>slow
tar cf - tree/top >&9
is_held() { [ -n "$(find "$run_dir/containers" -name files)" ]; }
check "a copy into a stopped container holds it" eventually 20 is_held
kill -KILL "$copier"
wait "$copier" 2>/dev/null
exec 9>&-
check "a killed copy keeps nobody from starting" eventually 20 "${cli[@]}" start c
is "and leaves nothing half" "$(inside sh -c 'ls -A /tmp | grep "^.coracle"')" ""

coracle volume rm -f data >/dev/null 2>&1
coracle rm -f c d e k >/dev/null
coracle volume rm data >/dev/null
finish
