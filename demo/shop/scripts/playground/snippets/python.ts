/**
 * A server in Python, with nothing to install: it places the order, and hears what becomes of it.
 * @module
 */
import type { Embedding } from './embedding.ts'
import { indent, list, write } from './lines.ts'
import { checkoutsUrl, orderItems, shippingHint } from './order.ts'
import { ORDER_ROUTE } from './page.ts'
import type { Snippet } from './snippet.ts'
import { askedBy } from './tag.ts'
import { pythonString } from './text.ts'

export const python: Snippet = {
  id: 'python',
  title: 'Python',
  language: 'python',
  fileName: 'server.py',
  code(embedding) {
    const asked = askedBy(embedding)
    return write(
      '# Python 3.9 or newer, nothing to install: python3 server.py',
      'import base64',
      'import hashlib',
      'import hmac',
      'import json',
      'import os',
      'import time',
      embedding.source === 'checkout' && 'import urllib.request',
      'from http.server import BaseHTTPRequestHandler, HTTPServer',
      '',
      '',
      asked && [PLACE[asked.property](embedding), '', ''],
      WEBHOOK,
      '',
      '',
      'def secret(name):',
      '    if not os.environ.get(name):',
      '        raise RuntimeError(name + " is missing")',
      '    return os.environ[name]',
      '',
      '',
      'class Server(BaseHTTPRequestHandler):',
      indent(
        4,
        'def do_POST(self):',
        '    body = self.rfile.read(int(self.headers.get("content-length", 0)))',
        asked && [
          `    if self.path == "${ORDER_ROUTE}":`,
          `        return self.answer(200, {"${asked.property}": place_order()})`,
        ],
        '    if self.path != "/webhooks/checkout":',
        '        return self.answer(404)',
        '    checkout = read_webhook(body, self.headers)',
        '    # Every change of an order comes here, perhaps twice: ship once for each.',
        `    # ${shippingHint(embedding)}`,
        '    if checkout and checkout["status"] == "paid" and not checkout["testMode"]:',
        '        print("ship", checkout["orderId"], flush=True)',
        '    return self.answer(204 if checkout else 400)',
        '',
        'def answer(self, status, content=None):',
        '    self.send_response(status)',
        '    self.send_header("content-type", "application/json")',
        '    self.end_headers()',
        '    if content is not None:',
        '        self.wfile.write(json.dumps(content).encode())',
      ),
      '',
      '',
      'HTTPServer(("localhost", int(os.environ.get("PORT", "3000"))), Server).serve_forever()',
    )
  },
}

const order = (embedding: Embedding): readonly string[] =>
  list(
    ['order = {', '}'],
    orderItems(embedding, (name, value) => `"${name}": ${value}`, pythonString),
    { room: 4, depth: 4 },
  )

const PLACE = {
  orderToken: (embedding: Embedding) => [
    'def place_order():',
    indent(
      4,
      '"""The price comes from your own books. The page gets a token that it cannot change."""',
      order(embedding),
      'now = int(time.time())',
      'claims = {**order, "aud": "crypto-checkout", "iat": now, "exp": now + 3600}',
      'parts = ({"alg": "HS256", "typ": "cc-order+jwt"}, claims)',
      'signed = b".".join(base64url(json.dumps(part).encode()) for part in parts)',
      'signature = hmac.new(secret("ORDER_SECRET").encode(), signed, hashlib.sha256).digest()',
      'return (signed + b"." + base64url(signature)).decode()',
    ),
    '',
    '',
    'def base64url(data):',
    '    return base64.urlsafe_b64encode(data).rstrip(b"=")',
  ],
  checkout: (embedding: Embedding) => [
    'def place_order():',
    indent(
      4,
      '"""The price comes from your own books. The page gets the id of the checkout."""',
      order(embedding),
      'request = urllib.request.Request(',
      `    ${pythonString(checkoutsUrl(embedding))},`,
      '    data=json.dumps(order).encode(),',
      '    headers={',
      '        "authorization": "Bearer " + secret("MERCHANT_API_KEY"),',
      '        "content-type": "application/json",',
      '    },',
      ')',
      'with urllib.request.urlopen(request) as response:',
      '    return json.load(response)["id"]',
    ),
  ],
} as const

const WEBHOOK = [
  'def read_webhook(body, headers):',
  '    """The checkout that changed, or None: forged, or older than five minutes."""',
  '    sent = headers.get("webhook-timestamp", "")',
  '    if not (sent.isdecimal() and abs(time.time() - int(sent)) <= 300):',
  '        return None',
  '    signed = f"{headers.get(\'webhook-id\')}.{sent}.".encode() + body',
  '    given = headers.get("webhook-signature", "").encode().split()',
  '    # Two, with a comma between, while one is being replaced.',
  '    for each in secret("MERCHANT_WEBHOOK_SECRET").split(","):',
  '        key = base64.b64decode(each.strip()[6:], validate=True)',
  '        if len(key) < 24:',
  '            raise ValueError("MERCHANT_WEBHOOK_SECRET is no whsec_…")',
  '        expected = b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())',
  '        if any(hmac.compare_digest(expected, signature) for signature in given):',
  '            return json.loads(body)["data"]',
  '    return None',
]
