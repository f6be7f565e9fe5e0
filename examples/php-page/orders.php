<?php

/**
 * The shop's own books: what is sold, for how much, and how each order stands. A file an order here;
 * rows of a database in a shop that has one.
 */

declare(strict_types=1);

const CURRENCY = 'TRY';
const BOOKS = [
    'lighthouses' => ['title' => 'An Atlas of Lighthouses', 'by' => 'Ida Holm', 'price' => '320.00'],
    'tides' => ['title' => 'The Patience of Tides', 'by' => 'Emre Kaya', 'price' => '245.50'],
    'knots' => ['title' => 'Forty Knots', 'by' => 'Ana Reis', 'price' => '190.00'],
];

/** Who said that it was paid, where that is enough for a book. */
const ENOUGH = ['provider-api', 'signed-webhook', 'merchant'];
/** Paid, and yet a person has to look first. */
const ASKS_A_PERSON = ['conflict', 'refund_failed'];

/** What it costs is looked up, whatever the page said. */
function place_order(string $book): array
{
    $order = [
        'id' => 'B-' . bin2hex(random_bytes(12)),
        'book' => $book,
        'amount' => BOOKS[$book]['price'],
        'currency' => CURRENCY,
        'status' => 'open',
        'version' => 0,
        'shippedAt' => null,
    ];
    write_order($order);
    return $order;
}

function read_order(string $id): ?array
{
    $file = order_file($id);
    return $file !== null && is_file($file)
        ? json_decode(file_get_contents($file), true, flags: JSON_THROW_ON_ERROR)
        : null;
}

/**
 * Writes down what became of a checkout, once and in order; the status to answer with. `$checkout` is what
 * `verify_webhook` gave.
 */
function take_change(array $checkout, bool $takes_tests): int
{
    return in_turn(function () use ($checkout, $takes_tests): int {
        $order = read_order($checkout['orderId']);
        if ($order === null) {
            return 404;
        }
        if (!is_price_of($order, $checkout)) {
            error_log("order {$order['id']}: not its price");
            return 409;
        }
        if ($checkout['version'] <= $order['version']) {
            return 204;
        }
        $order['version'] = $checkout['version'];
        $order['status'] = $checkout['status'];
        if ($order['shippedAt'] === null && is_to_be_shipped($checkout, $takes_tests)) {
            $order['shippedAt'] = (new DateTimeImmutable())->format(DATE_RFC3339_EXTENDED);
        }
        write_order($order);
        return 204;
    });
}

/** The price that we signed, and no other. */
function is_price_of(array $order, array $checkout): bool
{
    return $checkout['priceSource'] === 'token'
        && $checkout['price']['currency'] === $order['currency']
        && plain_amount($checkout['price']['amount']) === plain_amount($order['amount']);
}

function is_to_be_shipped(array $checkout, bool $takes_tests): bool
{
    $paid = array_filter(
        $checkout['payments'],
        fn (array $payment): bool => $payment['status'] === 'paid'
            && in_array($payment['assurance'], ENOUGH, true),
    );
    return $checkout['status'] === 'paid'
        && $paid !== []
        && !in_array($checkout['reason'], ASKS_A_PERSON, true)
        && ($takes_tests || !$checkout['testMode']);
}

/** `620` and `620.00` are the same. */
function plain_amount(string $amount): string
{
    return str_contains($amount, '.') ? rtrim(rtrim($amount, '0'), '.') : $amount;
}

/** One change after the other, whoever brings it. */
function in_turn(callable $change): mixed
{
    $lock = fopen(orders_folder() . '/lock', 'c');
    flock($lock, LOCK_EX);
    try {
        return $change();
    } finally {
        fclose($lock);
    }
}

/** On the disk before it is acknowledged: written beside, then put in its place. */
function write_order(array $order): void
{
    $file = order_file($order['id']);
    $new = fopen("$file.new", 'w');
    $text = json_encode($order, JSON_THROW_ON_ERROR | JSON_PRETTY_PRINT);
    if (fwrite($new, $text) !== strlen($text) || !fsync($new) || !rename("$file.new", $file)) {
        throw new RuntimeException('the order could not be written');
    }
    fclose($new);
}

/** Null for what is no number of ours. */
function order_file(string $id): ?string
{
    return preg_match('/^B-[0-9a-f]{24}$/D', $id) ? orders_folder() . "/$id.json" : null;
}

/** Outside of what the web server serves. */
function orders_folder(): string
{
    $folder = setting('ORDERS_FOLDER');
    is_dir($folder) || mkdir($folder, 0700, true);
    return $folder;
}

function setting(string $name): string
{
    return getenv($name) ?: throw new RuntimeException("$name is missing");
}
