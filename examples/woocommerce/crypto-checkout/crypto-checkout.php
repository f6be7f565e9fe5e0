<?php

/**
 * Plugin Name: Crypto Checkout for WooCommerce
 * Description: Payments in coins, on a page of your own proxy.
 * Version: 0.1.0
 * Requires at least: 6.4
 * Requires PHP: 8.1
 * Requires Plugins: woocommerce
 * WC requires at least: 8.2
 * Text Domain: crypto-checkout
 */

declare(strict_types=1);

namespace CryptoCheckout;

defined('ABSPATH') || exit;

/** Of the gateway, and of the address that the proxy tells: `/?wc-api=crypto_checkout`. */
const ID = 'crypto_checkout';

require __DIR__ . '/includes/verify_webhook.php';
require __DIR__ . '/includes/orders.php';
require __DIR__ . '/includes/changes.php';
require __DIR__ . '/includes/webhook.php';

add_action('plugins_loaded', function (): void {
    if (class_exists('WC_Payment_Gateway')) {
        require __DIR__ . '/includes/class-gateway.php';
    }
});

add_filter('woocommerce_payment_gateways', fn (array $gateways): array => [...$gateways, Gateway::class]);

add_action('woocommerce_api_' . ID, fn () => receive(new Gateway()));

// Orders are only touched as WooCommerce's own objects, so either of its tables will do. The checkout made
// of blocks wants a script for each gateway; there is none here, and WooCommerce can say so.
add_action('before_woocommerce_init', function (): void {
    $features = 'Automattic\WooCommerce\Utilities\FeaturesUtil';
    if (class_exists($features)) {
        $features::declare_compatibility('custom_order_tables', __FILE__, true);
        $features::declare_compatibility('cart_checkout_blocks', __FILE__, false);
    }
});
