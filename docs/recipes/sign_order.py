"""Signs the order for a checkout: the shopper's browser carries the price and cannot change it.

    token = sign_order(
        {"orderId": "A-1001", "amount": "620.00", "currency": "TRY"},
        os.environ["ORDER_SECRET"],
    )

Python 3.9 or newer, nothing to install.
"""

import base64
import hashlib
import hmac
import json
import time


def sign_order(order, secret, expires_in=3600, now=None):
    """The token for the element's order-token. Amounts are text, times are epoch seconds."""
    key = secret.encode()
    if len(key) < 32:
        raise ValueError("the secret must be at least 32 bytes")
    issued_at = int(time.time() if now is None else now)
    claims = {**order, "aud": "crypto-checkout", "iat": issued_at, "exp": issued_at + expires_in}
    header = {"alg": "HS256", "typ": "cc-order+jwt"}
    signed = ".".join(_base64url(json.dumps(part).encode()) for part in (header, claims))
    signature = hmac.new(key, signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{_base64url(signature)}"


def _base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
