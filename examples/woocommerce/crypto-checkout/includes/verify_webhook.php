<?php

/**
 * Checks a notification of the proxy (Standard Webhooks), then reads it.
 *
 *     $secret = getenv('MERCHANT_WEBHOOK_SECRET');
 *     $event = verify_webhook(file_get_contents('php://input'), getallheaders(), $secret);
 *     $event['checkout']['status'];
 *
 * PHP 8.1 or newer, nothing to install.
 */

declare(strict_types=1);

namespace CryptoCheckout;

use RuntimeException;

/** Do not act on it. Its message is a code, and holds nothing of what was sent. */
final class WebhookError extends RuntimeException
{
}

/**
 * The change that was notified. `$body` is the raw text, names of `$headers` are in any case;
 * `$secret` is whsec_…, or two with a comma between while one is being replaced.
 */
function verify_webhook(
    string $body,
    array $headers,
    string $secret,
    int $tolerance = 300,
    ?int $now = null,
): array {
    $keys = array_map(webhook_key(...), explode(',', $secret));
    $given = array_change_key_case($headers, CASE_LOWER);
    $names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
    [$id, $timestamp, $signatures] = array_map(
        fn ($name) => trim(implode(' ', (array) ($given[$name] ?? ''))),
        $names,
    );
    if ($id === '' || $signatures === '' || !preg_match('/^[0-9]{1,12}$/D', $timestamp)) {
        throw new WebhookError('missing_header');
    }
    if (abs(($now ?? time()) - (int) $timestamp) > $tolerance) {
        throw new WebhookError('too_old');
    }
    foreach ($keys as $key) {
        $mac = hash_hmac('sha256', "$id.$timestamp.$body", $key, true);
        foreach (preg_split('/\s+/', $signatures) as $signature) {
            if (hash_equals('v1,' . base64_encode($mac), $signature)) {
                return ['id' => $id] + webhook_event($body);
            }
        }
    }
    throw new WebhookError('wrong_signature');
}

function webhook_key(string $secret): string
{
    $secret = trim($secret);
    $key = (string) base64_decode(substr($secret, 6), true);
    if (!str_starts_with($secret, 'whsec_') || strlen($key) < 24 || strlen($key) > 64) {
        throw new WebhookError('invalid_secret');
    }
    return $key;
}

function webhook_event(string $body): array
{
    $message = json_decode($body, true);
    $checkout = is_array($message) ? ($message['data'] ?? null) : null;
    if (!is_array($checkout) || !is_int($checkout['version'] ?? null)) {
        throw new WebhookError('invalid_body');
    }
    [$type, $timestamp] = [$message['type'] ?? null, $message['timestamp'] ?? null];
    [$id, $orderId] = [$checkout['id'] ?? null, $checkout['orderId'] ?? null];
    foreach ([$type, $timestamp, $id, $orderId, $checkout['status'] ?? null] as $text) {
        if (!is_string($text)) {
            throw new WebhookError('invalid_body');
        }
    }
    if ($type !== "checkout.{$checkout['status']}") {
        throw new WebhookError('invalid_body');
    }
    return ['type' => $type, 'timestamp' => $timestamp, 'checkout' => $checkout];
}
