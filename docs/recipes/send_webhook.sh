#!/bin/sh
# Sends a notification as the proxy would, to try your endpoint:
#   MERCHANT_WEBHOOK_SECRET=whsec_… sh send_webhook.sh http://localhost:3000/webhooks/checkout paid.json
set -eu
url=$1
body=$2
timestamp=$(date +%s)
id="msg_try_$timestamp"
key=$(printf %s "${MERCHANT_WEBHOOK_SECRET#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \n')
signature=$({ printf '%s.%s.' "$id" "$timestamp" && cat "$body"; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)
curl -sS -i "$url" \
  -H 'content-type: application/json' \
  -H "webhook-id: $id" \
  -H "webhook-timestamp: $timestamp" \
  -H "webhook-signature: v1,$signature" \
  --data-binary "@$body"
