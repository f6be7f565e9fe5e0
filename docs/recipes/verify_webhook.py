"""Checks a notification of the proxy (Standard Webhooks), then reads it.

    event = verify_webhook(request.body, request.headers, os.environ["MERCHANT_WEBHOOK_SECRET"])
    event["checkout"]["status"]

Python 3.9 or newer, nothing to install.
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
import time


class WebhookError(Exception):
    """Do not act on it. Its text is a code, and holds nothing of what was sent."""


def verify_webhook(body, headers, secret, tolerance=300, now=None):
    """The change that was notified. `body` is the raw bytes, `headers` a mapping, names in any case;
    `secret` is whsec_..., or two with a comma between while one is being replaced."""
    keys = [_key(each.strip()) for each in secret.split(",")]
    given = {name.lower(): value.strip() for name, value in headers.items()}
    names = ("webhook-id", "webhook-timestamp", "webhook-signature")
    message_id, timestamp, signatures = (given.get(name, "") for name in names)
    if not (message_id and signatures and re.fullmatch("[0-9]{1,12}", timestamp)):
        raise WebhookError("missing_header")
    age = int(time.time() if now is None else now) - int(timestamp)
    if not abs(age) <= tolerance:
        raise WebhookError("too_old")
    signed = f"{message_id}.{timestamp}.".encode() + body
    expected = [base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()) for key in keys]
    candidates = [each[3:].encode() for each in signatures.split() if each.startswith("v1,")]
    if not any(hmac.compare_digest(one, other) for one in expected for other in candidates):
        raise WebhookError("wrong_signature")
    return {"id": message_id, **_read(body)}


def _key(secret):
    try:
        key = base64.b64decode(secret[6:], validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith("whsec_") or not 24 <= len(key) <= 64:
        raise WebhookError("invalid_secret")
    return key


def _read(body):
    try:
        message = json.loads(body.decode())
        checkout = message["data"]
        texts = [message["timestamp"], checkout["id"], checkout["orderId"], checkout["status"]]
        is_event = message["type"] == f"checkout.{checkout['status']}"
    except (ValueError, KeyError, TypeError):
        raise WebhookError("invalid_body") from None
    if not is_event or not all(isinstance(text, str) for text in texts):
        raise WebhookError("invalid_body")
    if not isinstance(checkout.get("version"), int):
        raise WebhookError("invalid_body")
    return {"type": message["type"], "timestamp": message["timestamp"], "checkout": checkout}
