#!/usr/bin/env bash
# What the image lacks: pip, which the lab fetches Envoy with, and the Pulumi CLI of the SDK's release.
set -euo pipefail
apt-get update -q
apt-get install -yq --no-install-recommends jq python3-pip
npm ci
version="$(node -p 'require("@pulumi/pulumi/package.json").version')"
curl -fsSL https://get.pulumi.com | sh -s -- --version "$version"
ln -sf /root/.pulumi/bin/pulumi /usr/local/bin/pulumi
