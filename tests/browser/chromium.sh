#!/bin/sh
# Chromium for the tests in a browser, where it is missing and apt can install it.
set -eu

if command -v chromium > /dev/null || command -v chromium-browser > /dev/null; then
    exit 0
fi
root=""
if [ "$(id -u)" != 0 ]; then
    root="sudo -n"
fi
if command -v apt-get > /dev/null && $root true 2> /dev/null; then
    echo "Installing Chromium..."
    $root apt-get update -qq
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends chromium > /dev/null
else
    echo "Chromium is missing and cannot be installed here: tests in a browser will be SKIPPED." >&2
fi
