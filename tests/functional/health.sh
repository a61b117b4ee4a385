#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Health checks: options and images, states, log, events, filters, limits of time and output, restarts, a
# killed monitor.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns seccomp

health_is() { [ "$(coracle inspect -f '{{.State.Health.Status}}' "$1" 2>/dev/null)" = "$2" ]; }
runs() { coracle run -d --health-interval 100ms "$@" welcome sleep 1000; }

# --- states
check "a container with a check" runs --name c --health-cmd 'test -e /ok && echo fine' --health-retries 2
like "is starting or unhealthy at first" "$(coracle ps --format '{{.Status}}')" '\((health: starting|unhealthy)\)$'
check "and becomes unhealthy" eventually 20 health_is c unhealthy
like "as ps says" "$(coracle ps --format '{{.Status}}')" '^Up .* \(unhealthy\)$'
coracle exec c touch /ok
check "a check that succeeds makes it healthy" eventually 20 health_is c healthy
is "a streak ends" "$(coracle inspect -f '{{.State.Health.FailingStreak}}' c)" 0
five() { [ "$(coracle inspect -f '{{len .State.Health.Log}}' c)" = 5 ]; }
check "the last five checks are kept" eventually 20 five
is "with their output" "$(coracle inspect -f '{{(index .State.Health.Log 4).Output}}' c)" fine
is "and exit code" "$(coracle inspect -f '{{(index .State.Health.Log 4).ExitCode}}' c)" 0
is "the check is docker's in inspect" "$(coracle inspect -f '{{json .Config.Healthcheck}}' c)" \
    '{"Interval":100000000,"Retries":2,"Test":["CMD-SHELL","test -e /ok && echo fine"]}'
is "a filter finds it" "$(coracle ps -q --filter health=healthy | wc -l)" 1
is "and the other one does not" "$(coracle ps -q --filter health=unhealthy)" ""
told=$'health_status: unhealthy\nhealth_status: healthy'
are_told() {
    [ "$(coracle events --stream=false --filter event=health_status --format '{{.Action}}')" = "$told" ]
}
check "events tell each change" eventually 20 are_told
check "healthcheck run" coracle healthcheck run c
coracle exec c rm /ok
exits 1 "healthcheck run of one that fails" coracle healthcheck run c
is "says so" "$out" unhealthy
if coracle pause c >/dev/null 2>&1; then # needs a control group of its own
    # What had ended before may be written down later.
    not_checked() {
        before=$(coracle inspect -f '{{json .State.Health.Log}}' c)
        sleep 1 # UNAVOIDABLE: that nothing happens has no event
        [ "$(coracle inspect -f '{{json .State.Health.Log}}' c)" = "$before" ]
    }
    check "a paused container is not checked" eventually 20 not_checked
    coracle unpause c >/dev/null
fi
coracle stop -t 0 c >/dev/null
is "a stopped one keeps its state" "$(coracle inspect -f '{{.State.Health.Status}}' c | grep -cE 'healthy')" 1
unlike "which ps does not show" "$(coracle ps -a --format '{{.Status}}')" 'health'
refused 125 "and cannot be checked" "not running" coracle healthcheck run c
coracle start c >/dev/null
check "it is checked again once it is started" eventually 20 health_is c unhealthy
check "one that is checked late" runs --name rested --health-interval 1h --health-cmd false --health-retries 1
exits 1 "is checked by hand" coracle healthcheck run rested
check "becomes unhealthy" health_is rested unhealthy
coracle stop -t 0 rested >/dev/null
coracle start rested >/dev/null
check "and starts anew" health_is rested starting

# --- how a check can go wrong
check "one that takes too long" runs --name slow --health-cmd 'sleep 100' --health-timeout 200ms --health-retries 1
check "is a failure" eventually 20 health_is slow unhealthy
like "that says so" "$(coracle inspect -f '{{(index .State.Health.Log 0).Output}}' slow)" 'exceeded timeout'
is "with docker's code" "$(coracle inspect -f '{{(index .State.Health.Log 0).ExitCode}}' slow)" -1
at_most_one() { [ "$(coracle top slow -o args | grep -c '^sleep 100$')" -le 1 ]; }
check "and nothing stays of those before" eventually 20 at_most_one
check "a program that is not there" runs --name none --health-cmd '["no-such-program","x"]' --health-retries 1
check "is a failure" eventually 20 health_is none unhealthy
check "much output" runs --name loud --health-cmd 'head -c 1000000 /dev/zero | tr "\0" x'
check "does not keep it waiting" eventually 20 health_is loud healthy
is "and is cut" "$(coracle inspect -f '{{len (index .State.Health.Log 0).Output}}' loud)" 4099
check "as the container's user" runs --name user -u 33 --health-cmd 'id -u'
check "it is checked" eventually 20 health_is user healthy
is "by that user" "$(coracle inspect -f '{{(index .State.Health.Log 0).Output}}' user)" 33
check "a start period" \
    runs --name late --health-cmd false --health-start-period 1h --health-start-interval 100ms --health-retries 1
late_probes() { [ "$(coracle inspect -f '{{len .State.Health.Log}}' late)" -ge 2 ]; }
check "is checked at its own pace" eventually 20 late_probes
check "and forgives" health_is late starting

# --- waiting
check "one that gets well later" runs --name later --health-cmd 'test -e /ok'
(eventually 20 state_is later running && coracle exec later touch /ok) &
check "wait --condition healthy" timeout 60 "${cli[@]}" wait --condition healthy later
wait
refused 1 "of one without a check" "no health check" coracle wait --condition healthy "$(coracle run -d --name plain \
    welcome sleep 1000)"
refused 125 "which cannot be checked by hand" "no health check" coracle healthcheck run plain
is "and has no state" "$(coracle inspect -f '{{json .State.Health}}' plain)" null
is "no filter but none finds it" "$(coracle ps --filter health=none --format '{{.Names}}')" plain

# --- the image's check
check "an image with a check" coracle commit -c 'HEALTHCHECK --interval=100ms --retries=1 CMD test -e /ok' plain checked
check "a container of it" coracle run -d --name i checked sleep 1000
check "is checked" eventually 20 health_is i unhealthy
check "--no-healthcheck" coracle run -d --name n --no-healthcheck checked sleep 1000
is "runs none" "$(coracle inspect -f '{{json .Config.Healthcheck.Test}} {{json .State.Health}}' n)" '["NONE"] null'
refused 125 "and goes with no other option" "conflicts" \
    coracle run --rm --no-healthcheck --health-interval 1s checked true
refused 125 "a duration that is none" "span of time" coracle run --rm --health-cmd true --health-interval 1x \
    welcome true
refused 125 "one that is too short" "less than 1ms" coracle run --rm --health-cmd true --health-interval 1us \
    welcome true
refused 125 "a number that is none" "no number" coracle run --rm --health-cmd true --health-retries many welcome true

# --- a killed monitor
# The lock names its holder.
kill -KILL "$(sed -n 's/^pid \([0-9]*\) .*/\1/p' "$run_dir/containers/$(coracle inspect -f '{{.Id}}' later)/lock")"
check "its successor goes on checking" eventually 20 health_is later healthy
coracle exec later rm /ok
check "with what was known" eventually 30 health_is later unhealthy

coracle ps -aq | xargs "${cli[@]}" rm -f >/dev/null
finish
