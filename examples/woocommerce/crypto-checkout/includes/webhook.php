<?php

/**
 * Where the proxy tells of a change: checked, then taken in, one at a time for each order. Whatever is not
 * answered with 2xx is told again for a day, and stays in the proxy's list of what could not be delivered.
 */

declare(strict_types=1);

namespace CryptoCheckout;

defined('ABSPATH') || exit;

const LOCK_SECONDS = 8;

function receive(Gateway $gateway): never
{
    try {
        $event = verify_webhook(
            file_get_contents('php://input'),
            getallheaders(),
            $gateway->get_option('webhook_secret'),
        );
        $status = take_checkout($event['checkout'], $gateway);
    } catch (WebhookError $error) {
        complain("a notification was refused: {$error->getMessage()}");
        $status = 400;
    } catch (\Throwable $error) {
        complain('a notification was not taken in: ' . $error::class);
        $status = 500;
    }
    status_header($status);
    exit;
}

/** The status to answer with. */
function take_checkout(array $checkout, Gateway $gateway): int
{
    $id = order_in_name($checkout['orderId'], $gateway);
    if ($id === null) {
        // Of another shop on the same proxy.
        return 204;
    }
    return in_turn($id, function () use ($id, $checkout, $gateway): int {
        // Read only now: whoever had the turn before may have changed it.
        $order = wc_get_order($id);
        if (!$order instanceof \WC_Order || $order->get_meta(ATTEMPT) === '') {
            complain("{$checkout['orderId']} is no order of ours");
            return 404;
        }
        if (!is_price_of($order, $checkout)) {
            complain("{$checkout['orderId']} was told with another price");
            return 409;
        }
        return take_change($order, $checkout, $gateway->get_option('takes_tests') === 'yes');
    });
}

/** The price that this shop's own server named, and no other. */
function is_price_of(\WC_Order $order, array $checkout): bool
{
    return $checkout['priceSource'] === 'merchant'
        && $checkout['price']['currency'] === $order->get_currency()
        && plain_amount($checkout['price']['amount']) === plain_amount(order_amount($order));
}

/** `620` and `620.00` are the same. */
function plain_amount(string $amount): string
{
    return str_contains($amount, '.') ? rtrim(rtrim($amount, '0'), '.') : $amount;
}

/** By a lock of the database's: the proxy may tell two changes at once. */
function in_turn(int $id, callable $change): int
{
    global $wpdb;
    $name = "{$wpdb->prefix}crypto_checkout_$id";
    $lock = $wpdb->prepare('SELECT GET_LOCK(%s, %d)', $name, LOCK_SECONDS);
    if ((string) $wpdb->get_var($lock) !== '1') {
        return 503;
    }
    try {
        return $change();
    } finally {
        $wpdb->get_var($wpdb->prepare('SELECT RELEASE_LOCK(%s)', $name));
    }
}
