<?php

/**
 * What a change of a checkout means for its order. Each is taken in once, and none that is older than the one
 * that is known: what was done and its version are saved together.
 */

declare(strict_types=1);

namespace CryptoCheckout;

defined('ABSPATH') || exit;

/** The version of each checkout of the order that was taken in last. */
const VERSIONS = '_crypto_checkout_versions';
/** The checkout that the order was paid by. */
const PAID_BY = '_crypto_checkout_paid_by';
/** Who said that it was paid, where that is enough to ship on. */
const ENOUGH = ['provider-api', 'signed-webhook', 'merchant'];

/** The status to answer with. */
function take_change(\WC_Order $order, array $checkout, bool $takes_tests): int
{
    $versions = (array) ($order->get_meta(VERSIONS) ?: []);
    if ($checkout['version'] <= ($versions[$checkout['id']] ?? 0)) {
        return 204;
    }
    $order->update_meta_data(VERSIONS, [$checkout['id'] => $checkout['version']] + $versions);
    ['status' => $status, 'reason' => $reason] = $checkout;
    $hold = fn (string $text): bool => hold($order, $checkout, $text);
    $is_done = match (true) {
        $status === 'paid' => take_paid($order, $checkout, $takes_tests),
        $status === 'refunding' => $hold(__('The money is on its way back.', 'crypto-checkout')),
        $status === 'refunded' => $hold(__('The money was given back.', 'crypto-checkout')),
        $status === 'review' => $hold(__('A payment has to be looked at.', 'crypto-checkout')),
        $reason === 'underpaid' => $hold(__('Less than the price arrived.', 'crypto-checkout')),
        in_array($status, ENDED, true) => note($order, sprintf(
            /* translators: %s: expired, or canceled */
            __('The checkout ended unpaid: %s.', 'crypto-checkout'),
            $status,
        )),
        default => true,
    };
    if (!$is_done) {
        return 500;
    }
    $order->save();
    return 204;
}

function take_paid(\WC_Order $order, array $checkout, bool $takes_tests): bool
{
    $is_completed = $order->get_date_paid() !== null;
    if (is_paid_otherwise($order, $checkout)) {
        return note($order, __('Paid a second time: give this one back.', 'crypto-checkout'));
    }
    $order->update_meta_data(PAID_BY, $checkout['id']);
    $payment = paid_payment($checkout);
    $why = why_held($order, $checkout, $payment, $takes_tests);
    if ($why !== null) {
        return hold($order, $checkout, $why);
    }
    if ($checkout['reason'] !== null) {
        note($order, sprintf(
            /* translators: %s: overpaid, or duplicate */
            __('More arrived than was asked: %s.', 'crypto-checkout'),
            $checkout['reason'],
        ));
    }
    return $is_completed || $order->payment_complete($payment['ref'] ?? $payment['id']);
}

/** By another checkout of the order, or not by one of ours at all. */
function is_paid_otherwise(\WC_Order $order, array $checkout): bool
{
    $paid_by = $order->get_meta(PAID_BY);
    return $paid_by === '' ? $order->get_date_paid() !== null : $paid_by !== $checkout['id'];
}

/** The payment whose "paid" is good enough; null where there is none. */
function paid_payment(array $checkout): ?array
{
    foreach ($checkout['payments'] as $payment) {
        if ($payment['status'] === 'paid' && in_array($payment['assurance'], ENOUGH, true)) {
            return $payment;
        }
    }
    return null;
}

/** Why a person has to decide, although it is paid; null where nobody has to. */
function why_held(\WC_Order $order, array $checkout, ?array $payment, bool $takes_tests): ?string
{
    return match (true) {
        $checkout['testMode'] && !$takes_tests => __('Paid in test mode: no money came.', 'crypto-checkout'),
        $payment === null => __('Paid, says a message that nobody signed.', 'crypto-checkout'),
        $checkout['reason'] === 'late' => __('Paid, but late.', 'crypto-checkout'),
        $checkout['reason'] === 'conflict' =>
            __('Paid, and the provider took it back: ask it.', 'crypto-checkout'),
        $checkout['reason'] === 'refund_failed' => __('Paid; giving it back failed.', 'crypto-checkout'),
        $order->has_status('cancelled') => __('Paid after the order was cancelled.', 'crypto-checkout'),
        default => null,
    };
}

/** On hold with a note. What was sent already, or is paid otherwise, only gets the note. */
function hold(\WC_Order $order, array $checkout, string $text): bool
{
    $is_over = $order->has_status(['completed', 'refunded', 'on-hold']);
    return $is_over || is_paid_otherwise($order, $checkout)
        ? note($order, $text)
        : $order->update_status('on-hold', "$text ");
}

function note(\WC_Order $order, string $text): bool
{
    return (bool) $order->add_order_note($text);
}
