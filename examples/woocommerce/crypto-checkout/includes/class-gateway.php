<?php

/**
 * The way to pay as WooCommerce knows it: its settings, and where a shopper is sent who picks it.
 */

declare(strict_types=1);

namespace CryptoCheckout;

defined('ABSPATH') || exit;

final class Gateway extends \WC_Payment_Gateway
{
    public function __construct()
    {
        $this->id = ID;
        $this->method_title = __('Crypto Checkout', 'crypto-checkout');
        $this->method_description = sprintf(
            /* translators: %s: an address */
            __('Set MERCHANT_WEBHOOK_URL of the proxy to %s', 'crypto-checkout'),
            WC()->api_request_url(ID),
        );
        $this->has_fields = false;
        $this->init_form_fields();
        $this->init_settings();
        $this->title = $this->get_option('title');
        $this->description = $this->get_option('description');
        add_action(
            'woocommerce_update_options_payment_gateways_' . $this->id,
            [$this, 'process_admin_options'],
        );
    }

    public function init_form_fields(): void
    {
        $this->form_fields = [
            'enabled' => [
                'title' => __('Enable/Disable', 'crypto-checkout'),
                'label' => __('Offer payments in coins', 'crypto-checkout'),
                'type' => 'checkbox',
                'default' => 'no',
            ],
            'title' => [
                'title' => __('Title', 'crypto-checkout'),
                'type' => 'text',
                'default' => __('Coins or card', 'crypto-checkout'),
            ],
            'description' => [
                'title' => __('Description', 'crypto-checkout'),
                'type' => 'textarea',
                'default' => __('You pay on our payment page, and come back here.', 'crypto-checkout'),
            ],
            'merchant_url' => [
                'title' => __('The proxy’s address for merchants', 'crypto-checkout'),
                'type' => 'text',
                'placeholder' => 'https://pay.shop.example',
            ],
            'merchant_key' => [
                'title' => __('Its key (MERCHANT_API_KEY)', 'crypto-checkout'),
                'type' => 'secret',
            ],
            'webhook_secret' => [
                'title' => __('What it signs with (MERCHANT_WEBHOOK_SECRET)', 'crypto-checkout'),
                'type' => 'secret',
            ],
            'order_prefix' => [
                'title' => __('Before the number of an order', 'crypto-checkout'),
                'type' => 'text',
                'default' => 'WC-',
            ],
            'takes_tests' => [
                'title' => __('Tests', 'crypto-checkout'),
                'label' => __('A payment in test mode counts', 'crypto-checkout'),
                'type' => 'checkbox',
                'default' => 'no',
            ],
        ];
    }

    /** Without its settings it is not offered. */
    public function is_available(): bool
    {
        foreach (['merchant_url', 'merchant_key', 'webhook_secret'] as $name) {
            if ($this->get_option($name) === '') {
                return false;
            }
        }
        return parent::is_available();
    }

    /** Opens the checkout, and sends the shopper to its page. */
    public function process_payment($order_id): array
    {
        $order = wc_get_order($order_id);
        $checkout = open_checkout($order, $this);
        if ($checkout === null) {
            wc_add_notice(
                __('This way to pay is not available now. Please choose another.', 'crypto-checkout'),
                'error',
            );
            return ['result' => 'failure'];
        }
        return ['result' => 'success', 'redirect' => $checkout['url']];
    }

    /** A field that never shows what is in it. */
    public function generate_secret_html($key, $data): string
    {
        $name = esc_attr($this->get_field_key($key));
        $hint = $this->get_option($key) === ''
            ? __('not set', 'crypto-checkout')
            : __('set; empty leaves it as it is', 'crypto-checkout');
        return '<tr valign="top"><th scope="row" class="titledesc"><label for="' . $name . '">'
            . esc_html($data['title']) . '</label></th><td class="forminp">'
            . '<input class="input-text regular-input" type="password" name="' . $name . '" id="'
            . $name . '" value="" placeholder="' . esc_attr($hint)
            . '" autocomplete="new-password"></td></tr>';
    }

    /** Empty leaves it as it is. */
    public function validate_secret_field($key, $value): string
    {
        $given = trim(wp_unslash((string) $value));
        return $given === '' ? $this->get_option($key) : $given;
    }
}
