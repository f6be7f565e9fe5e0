<?php

/**
 * Signs the order for a checkout: the shopper's browser carries the price and cannot change it.
 *
 *     $token = sign_order(
 *         ['orderId' => 'A-1001', 'amount' => '620.00', 'currency' => 'TRY'],
 *         getenv('ORDER_SECRET'),
 *     );
 *
 * PHP 8.1 or newer, nothing to install.
 */

declare(strict_types=1);

/** The token for the element's order-token. Amounts are text, times are epoch seconds. */
function sign_order(array $order, string $secret, int $expiresIn = 3600, ?int $now = null): string
{
    if (strlen($secret) < 32) {
        throw new InvalidArgumentException('the secret must be at least 32 bytes');
    }
    $issuedAt = $now ?? time();
    $times = ['iat' => $issuedAt, 'exp' => $issuedAt + $expiresIn];
    $claims = array_merge($order, ['aud' => 'crypto-checkout'], $times);
    $header = ['alg' => 'HS256', 'typ' => 'cc-order+jwt'];
    $signed = order_token_part($header) . '.' . order_token_part($claims);
    return $signed . '.' . order_token_base64url(hash_hmac('sha256', $signed, $secret, true));
}

function order_token_part(array $part): string
{
    return order_token_base64url(json_encode($part, JSON_THROW_ON_ERROR));
}

function order_token_base64url(string $data): string
{
    return rtrim(strtr(base64_encode($data), '+/', '-_'), '=');
}
