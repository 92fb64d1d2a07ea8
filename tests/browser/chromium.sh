#!/bin/sh
# Chromium for the tests in a browser, where it is missing and apt can install it.

has_chromium() {
    command -v chromium > /dev/null || command -v chromium-browser > /dev/null
}

install_chromium() {
    command -v apt-get > /dev/null && [ "$(id -u)" = 0 ] && echo "Installing Chromium..." &&
        apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends chromium > /dev/null
}

if ! has_chromium && ! install_chromium; then
    echo "Chromium is missing and cannot be installed here: tests in a browser will be SKIPPED." >&2
fi
