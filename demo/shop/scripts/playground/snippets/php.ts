/**
 * A server in PHP, with nothing to install: it places the order, and hears what becomes of it.
 * @module
 */
import type { Embedding } from './embedding.ts'
import { indent, list, write } from './lines.ts'
import { checkoutsUrl, orderItems, shippingHint } from './order.ts'
import { ORDER_ROUTE } from './page.ts'
import type { Snippet } from './snippet.ts'
import { askedBy } from './tag.ts'
import { phpString } from './text.ts'

export const php: Snippet = {
  id: 'php',
  title: 'PHP',
  language: 'php',
  fileName: 'server.php',
  code(embedding) {
    const asked = askedBy(embedding)
    return write(
      '<?php',
      '// PHP 8.1 or newer, nothing to install: php -S localhost:3000 server.php',
      'declare(strict_types=1);',
      '',
      asked && [PLACE[asked.property](embedding), ''],
      WEBHOOK,
      '',
      'function secret(string $name): string',
      '{',
      '    return getenv($name) ?: throw new RuntimeException("$name is missing");',
      '}',
      '',
      "switch ($_SERVER['REQUEST_METHOD'] . ' ' . $_SERVER['REQUEST_URI']) {",
      asked &&
        indent(
          4,
          `case 'POST ${ORDER_ROUTE}':`,
          "    header('Content-Type: application/json');",
          `    echo json_encode(['${asked.property}' => place_order()], JSON_THROW_ON_ERROR);`,
          '    break;',
        ),
      indent(
        4,
        "case 'POST /webhooks/checkout':",
        "    $checkout = read_webhook(file_get_contents('php://input'), $_SERVER);",
        '    http_response_code($checkout === null ? 400 : 204);',
        '    // Every change of an order comes here, perhaps twice: ship once for each.',
        `    // ${shippingHint(embedding)}`,
        "    if ($checkout !== null && $checkout['status'] === 'paid' && !$checkout['testMode']) {",
        `        error_log("ship {$checkout['orderId']}");`,
        '    }',
        '    break;',
        'default:',
        '    http_response_code(404);',
      ),
      '}',
    )
  },
}

const order = (embedding: Embedding): readonly string[] =>
  list(
    ['$order = [', '];'],
    orderItems(embedding, (name, value) => `'${name}' => ${value}`, phpString),
    { room: 4, depth: 4 },
  )

const PLACE = {
  orderToken: (embedding: Embedding) => [
    '/** The price comes from your own books. The page gets a token that it cannot change. */',
    'function place_order(): string',
    '{',
    indent(
      4,
      order(embedding),
      "$claims = $order + ['aud' => 'crypto-checkout', 'iat' => time(), 'exp' => time() + 3600];",
      "$parts = [['alg' => 'HS256', 'typ' => 'cc-order+jwt'], $claims];",
      "$base64url = fn (string $data): string => rtrim(strtr(base64_encode($data), '+/', '-_'), '=');",
      '$encode = fn (array $part): string => $base64url(json_encode($part, JSON_THROW_ON_ERROR));',
      "$signed = implode('.', array_map($encode, $parts));",
      "$signature = hash_hmac('sha256', $signed, secret('ORDER_SECRET'), true);",
      "return $signed . '.' . $base64url($signature);",
    ),
    '}',
  ],
  checkout: (embedding: Embedding) => [
    '/** The price comes from your own books. The page gets the id of the checkout. */',
    'function place_order(): string',
    '{',
    indent(
      4,
      order(embedding),
      "$key = secret('MERCHANT_API_KEY');",
      '$request = [',
      "    'method' => 'POST',",
      "    'header' => ['Content-Type: application/json', \"Authorization: Bearer $key\"],",
      "    'content' => json_encode($order, JSON_THROW_ON_ERROR),",
      '];',
      "$context = stream_context_create(['http' => $request]);",
      `$answer = file_get_contents(${phpString(checkoutsUrl(embedding))}, false, $context);`,
      "return json_decode((string) $answer, true, flags: JSON_THROW_ON_ERROR)['id'];",
    ),
    '}',
  ],
} as const

const WEBHOOK = [
  '/** The checkout that changed, or null: forged, or older than five minutes. */',
  'function read_webhook(string $body, array $server): ?array',
  '{',
  "    $id = $server['HTTP_WEBHOOK_ID'] ?? '';",
  "    $time = $server['HTTP_WEBHOOK_TIMESTAMP'] ?? '';",
  "    $given = explode(' ', $server['HTTP_WEBHOOK_SIGNATURE'] ?? '');",
  '    if (!ctype_digit($time) || abs(time() - (int) $time) > 300) {',
  '        return null;',
  '    }',
  '    // Two, with a comma between, while one is being replaced.',
  "    foreach (explode(',', secret('MERCHANT_WEBHOOK_SECRET')) as $secret) {",
  '        $key = (string) base64_decode(substr(trim($secret), 6), true);',
  '        if (strlen($key) < 24) {',
  "            throw new RuntimeException('MERCHANT_WEBHOOK_SECRET is no whsec_…');",
  '        }',
  "        $expected = 'v1,' . base64_encode(hash_hmac('sha256', \"$id.$time.$body\", $key, true));",
  '        foreach ($given as $signature) {',
  '            if (hash_equals($expected, $signature)) {',
  "                return json_decode($body, true, flags: JSON_THROW_ON_ERROR)['data'];",
  '            }',
  '        }',
  '    }',
  '    return null;',
  '}',
]
