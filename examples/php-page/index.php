<?php

/**
 * A bookshop in PHP, with nothing to install: it signs orders, shows the checkout, hears what becomes of
 * them, and says how they stand. PHP 8.1 or newer.
 */

declare(strict_types=1);

// What fails is a 500, so that it is told again; shown in the page, it would be a 200.
ini_set('display_errors', '0');

// In a shop of yours: copies of the two, beside this file.
require __DIR__ . '/../../docs/recipes/sign_order.php';
require __DIR__ . '/../../docs/recipes/verify_webhook.php';
require __DIR__ . '/orders.php';

/** By the last word that came; shipped goes before. */
const STANDINGS = [
    'open' => 'It waits for your payment.',
    'pending' => 'It waits for your payment.',
    'processing' => 'Your payment is being confirmed.',
    'review' => 'We are looking at your payment, and write to you.',
    'paid' => 'It is paid. Somebody looks at it before it goes out.',
    'failed' => 'It was not paid.',
    'expired' => 'It was not paid in time.',
    'canceled' => 'It was canceled.',
    'refunding' => 'Your money is on its way back.',
    'refunded' => 'You have your money back.',
];

$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (PHP_SAPI === 'cli-server' && $path === '/style.css') {
    return false;
}
[, $place, $id] = [...explode('/', $path, 3), '', ''];
$method = $_SERVER['REQUEST_METHOD'] === 'HEAD' ? 'GET' : $_SERVER['REQUEST_METHOD'];
match (true) {
    $method === 'GET' && $path === '/' => show_books(),
    $method === 'POST' && $path === '/orders' => buy($_POST['book'] ?? null),
    $method === 'GET' && $place === 'orders' => show_order(read_order($id)),
    $method === 'POST' && $path === '/webhooks/checkout' => hear(),
    $path === '/favicon.ico' => http_response_code(204),
    default => not_found(),
};

/** The page says which book. A price that it sends as well is never looked at. */
function buy(mixed $book): void
{
    if (!is_string($book) || !isset(BOOKS[$book])) {
        not_found();
        return;
    }
    $order = place_order($book);
    header("location: /orders/{$order['id']}", true, 303);
}

function hear(): void
{
    $secret = setting('MERCHANT_WEBHOOK_SECRET');
    try {
        $event = verify_webhook(file_get_contents('php://input'), getallheaders(), $secret);
        http_response_code(take_change($event['checkout'], getenv('TAKE_TEST_PAYMENTS') === 'true'));
    } catch (WebhookError $error) {
        http_response_code(400);
        echo $error->getMessage();
    }
}

function show_books(): void
{
    $books = '';
    foreach (BOOKS as $id => ['title' => $title, 'by' => $by, 'price' => $price]) {
        $books .= "
      <li class=\"$id\">
        <h2>$title</h2>
        <p>$by</p>
        <form method=\"post\" action=\"/orders\">
          <button name=\"book\" value=\"$id\">Buy for ₺$price</button>
        </form>
      </li>";
    }
    page('Fog Signal Books', "
    <h1>Fog Signal Books</h1>
    <p>Three books about the sea. We post them on the day they are paid.</p>
    <ul>$books
    </ul>");
}

/** What our own books say. The checkout beside it asks the proxy. */
function show_order(?array $order): void
{
    if ($order === null) {
        not_found();
        return;
    }
    ['id' => $id, 'status' => $status, 'amount' => $amount, 'currency' => $currency] = $order;
    $is_shipped = $order['shippedAt'] !== null;
    $title = BOOKS[$order['book']]['title'];
    $goes_back = str_starts_with($status, 'refund');
    $standing = $is_shipped && !$goes_back ? 'It is paid, and on its way.' : STANDINGS[$status];
    $description = $title;
    $token = sign_order(
        ['orderId' => $id] + compact('amount', 'currency', 'description'),
        setting('ORDER_SECRET'),
    );
    $proxy = setting('PROXY_URL');
    $checkout = "
    <crypto-checkout proxy=\"$proxy\" order-token=\"$token\" success-url=\"/orders/$id\">
    </crypto-checkout>
    <script src=\"$proxy/crypto-checkout.js\"></script>";
    page($title, "
    <p><a href=\"/\">Fog Signal Books</a></p>
    <h1>$title</h1>
    <p>Order <output>$id</output></p>
    <p role=\"status\">$standing</p>" . ($is_shipped ? '' : $checkout));
}

function not_found(): void
{
    http_response_code(404);
    page('Not here', '
    <h1>Not here</h1>
    <p><a href="/">Fog Signal Books</a></p>');
}

/** Nothing in it needs escaping: our own titles, ids and tokens. */
function page(string $title, string $body): void
{
    $proxy = setting('PROXY_URL');
    header('content-security-policy: ' . implode('; ', [
        "default-src 'none'",
        "script-src $proxy/crypto-checkout.js",
        "connect-src $proxy",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        'trusted-types crypto-checkout',
    ]));
    header('x-content-type-options: nosniff');
    header('referrer-policy: strict-origin-when-cross-origin');
    echo "<!doctype html>
<html lang=\"en\">
  <head>
    <meta charset=\"utf-8\">
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
    <meta name=\"color-scheme\" content=\"light dark\">
    <title>$title</title>
    <link rel=\"stylesheet\" href=\"/style.css\">
  </head>
  <body>$body
  </body>
</html>
";
}
