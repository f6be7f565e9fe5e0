<?php

/**
 * The pages of a shop that the plugin is installed in, and what a test asks about: for `php -S`.
 */

declare(strict_types=1);

ini_set('display_errors', '0');
require __DIR__ . '/wordpress.php';
require __DIR__ . '/woocommerce.php';
require getenv('PLUGIN');

const PRICE = '245.50';
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path === '/style.css') {
    return false;
}
do_action('before_woocommerce_init');
do_action('plugins_loaded');
[$class] = apply_filters('woocommerce_payment_gateways', []);
if (read_book('settings-crypto_checkout') === null) {
    install();
}
$gateway = new $class();
$notices = [];
[, $place, $id] = [...explode('/', $path, 3), '', ''];
$post = $_SERVER['REQUEST_METHOD'] === 'POST';
match (true) {
    isset($_GET['wc-api']) => answer_api(strtolower($_GET['wc-api'])),
    $path === '/settings' && $post => do_action("woocommerce_update_options_payment_gateways_$gateway->id"),
    $path === '/settings' => print($gateway->method_description . $gateway->settings_html()),
    $path === '/checkout' && $post => buy($gateway),
    $place === 'order-pay' && $post => pay(own_order((int) $id), $gateway),
    $place === 'order-pay' => show_pay(own_order((int) $id)),
    $place === 'order-received' => show_received(own_order((int) $id)),
    $place === 'cancel' => cancel(own_order((int) $id)),
    $path === '/' => show_cart($gateway),
    default => http_response_code(404),
};

/** What the merchant would write into the settings. */
function install(): void
{
    write_book('settings-crypto_checkout', [
        'enabled' => 'yes',
        'merchant_url' => getenv('MERCHANT_URL'),
        'merchant_key' => getenv('MERCHANT_API_KEY'),
        'webhook_secret' => getenv('MERCHANT_WEBHOOK_SECRET'),
        'takes_tests' => 'yes',
    ]);
}

/** As WooCommerce: nothing hooked in is a 400, and whoever answers ends the request. */
function answer_api(string $name): void
{
    global $hooks;
    status_header(isset($hooks["woocommerce_api_$name"]) ? 200 : 400);
    do_action("woocommerce_api_$name");
    echo '-1';
}

function buy(WC_Payment_Gateway $gateway): void
{
    $id = count(glob(books('order-*.json'))) + 101;
    write_book("order-$id", [
        'total' => $_POST['total'] ?? PRICE,
        'currency' => 'TRY',
        'status' => 'pending',
        'key' => bin2hex(random_bytes(8)),
        'datePaid' => null,
        'meta' => [],
        'notes' => [],
        'completed' => [],
    ]);
    pay(wc_get_order($id), $gateway);
}

function pay(WC_Order $order, WC_Payment_Gateway $gateway): void
{
    global $notices;
    $result = $gateway->process_payment($order->get_id());
    if ($result['result'] === 'success') {
        header("location: {$result['redirect']}", true, 303);
        return;
    }
    http_response_code(502);
    page('Not now', '<p role="alert">' . esc_html(implode(' ', $notices)) . '</p>');
}

function cancel(WC_Order $order): void
{
    $order->update_status('cancelled', 'The shopper cancelled. ');
    page('Cancelled', '<p>Your order was cancelled.</p><p><a href="/">Back to the shop</a></p>');
}

function show_cart(WC_Payment_Gateway $gateway): void
{
    $offer = $gateway->is_available()
        ? '<p class="way"><strong>' . esc_html($gateway->title) . '</strong> '
            . esc_html($gateway->description) . '</p><button>Place order</button>'
        : '<p role="alert">There is no way to pay.</p>';
    page('Checkout', '<p class="note">A stand-in: the plugin is the real one, the shop around it is not.</p>'
        . '<table><tr><td>Tide table, hand printed</td><td>₺' . PRICE . '</td></tr></table>'
        . "<form method=\"post\" action=\"/checkout\">$offer</form>");
}

function show_pay(WC_Order $order): void
{
    page('Pay for order ' . $order->get_order_number(), '<form method="post"><button>Pay</button></form>');
}

function show_received(WC_Order $order): void
{
    $text = match (true) {
        $order->has_status(['processing', 'completed']) => 'Thank you. It is paid, and we are packing it.',
        $order->has_status('on-hold') => 'Thank you. We are looking at your payment.',
        default => 'Thank you. We are waiting for your payment.',
    };
    page('Order ' . $order->get_order_number(), "<p role=\"status\">$text</p>");
}

/** Only with its key, as in WooCommerce. */
function own_order(int $id): WC_Order
{
    $key = read_book("order-$id")['key'] ?? null;
    if ($key === null || !hash_equals($key, $_GET['key'] ?? '')) {
        http_response_code(404);
        exit;
    }
    return wc_get_order($id);
}

function page(string $title, string $body): void
{
    header("content-security-policy: default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' "
        . implode(' ', array_filter([getenv('PROXY_URL')])));
    echo '<!doctype html><html lang="en"><meta charset="utf-8">'
        . '<meta name="viewport" content="width=device-width, initial-scale=1">'
        . '<link rel="stylesheet" href="/style.css">'
        . "<title>$title</title><h1>$title</h1>$body";
}
