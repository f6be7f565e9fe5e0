<?php

/**
 * What the proxy is told of an order, and by which number it knows it.
 */

declare(strict_types=1);

namespace CryptoCheckout;

defined('ABSPATH') || exit;

/** How often a checkout was opened for an order: one that ended unpaid is not opened again. */
const ATTEMPT = '_crypto_checkout_attempt';
const ENDED = ['expired', 'canceled'];
const PATIENCE_SECONDS = 15;

/** The checkout of that order, with the `url` of its page; null where the proxy did not open one. */
function open_checkout(\WC_Order $order, Gateway $gateway): ?array
{
    $attempt = max(1, (int) $order->get_meta(ATTEMPT));
    $checkout = ask_proxy(order_for_proxy($order, $attempt, $gateway), $gateway);
    if (in_array($checkout['status'] ?? null, ENDED, true)) {
        $attempt += 1;
        $checkout = ask_proxy(order_for_proxy($order, $attempt, $gateway), $gateway);
    }
    if ($checkout !== null) {
        $order->update_meta_data(ATTEMPT, (string) $attempt);
        $order->save();
    }
    return $checkout;
}

function order_for_proxy(\WC_Order $order, int $attempt, Gateway $gateway): array
{
    return [
        'orderId' => order_name($order->get_id(), $attempt, $gateway),
        'amount' => order_amount($order),
        'currency' => $order->get_currency(),
        'description' => sprintf(
            /* translators: %s: the number of an order */
            __('Order %s', 'crypto-checkout'),
            $order->get_order_number(),
        ),
        'locale' => str_replace('_', '-', get_locale()),
        'successUrl' => $gateway->get_return_url($order),
        'failUrl' => $order->get_checkout_payment_url(),
        'cancelUrl' => $order->get_cancel_order_url_raw(),
    ];
}

/** As text with the decimals that the shop has. */
function order_amount(\WC_Order $order): string
{
    return number_format((float) $order->get_total(), wc_get_price_decimals(), '.', '');
}

/** `WC-17`; from the second attempt on `WC-17-2`. */
function order_name(int $id, int $attempt, Gateway $gateway): string
{
    return $gateway->get_option('order_prefix') . $id . ($attempt === 1 ? '' : "-$attempt");
}

/** The number in such a name; null where it is none of this shop's. */
function order_in_name(string $name, Gateway $gateway): ?int
{
    $prefix = preg_quote($gateway->get_option('order_prefix'), '/');
    return preg_match("/^$prefix([1-9]\d{0,17})(-\d+)?$/D", $name, $found) ? (int) $found[1] : null;
}

/** The proxy's answer; null for none, and for a refusal, whose code is logged. */
function ask_proxy(array $order, Gateway $gateway): ?array
{
    $answer = wp_remote_post(
        rtrim($gateway->get_option('merchant_url'), '/') . '/v1/merchant/checkouts',
        [
            'timeout' => PATIENCE_SECONDS,
            'redirection' => 0,
            'headers' => [
                'Authorization' => 'Bearer ' . $gateway->get_option('merchant_key'),
                'Content-Type' => 'application/json',
            ],
            'body' => wp_json_encode($order),
        ],
    );
    $status = is_wp_error($answer) ? 0 : (int) wp_remote_retrieve_response_code($answer);
    $body = $status === 0 ? null : json_decode(wp_remote_retrieve_body($answer), true);
    if (!in_array($status, [200, 201], true) || !is_string($body['url'] ?? null)) {
        $code = is_string($body['code'] ?? null) ? $body['code'] : 'no_answer';
        complain("{$order['orderId']} was not opened: $status $code");
        return null;
    }
    return $body;
}

/** Into WooCommerce's own log. Never with a key, or with what was sent. */
function complain(string $text): void
{
    wc_get_logger()->error($text, ['source' => 'crypto-checkout']);
}
