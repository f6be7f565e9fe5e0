<?php

/**
 * A stand-in for what the plugin uses of WooCommerce: an order, a way to pay with its settings, a log.
 */

declare(strict_types=1);

/** As WooCommerce's: what is changed is kept once it is saved. */
final class WC_Order
{
    /** From these `payment_complete` leads on; any other stays. */
    private const COMPLETES = ['on-hold', 'pending', 'failed', 'cancelled'];

    public function __construct(private int $id, private array $book)
    {
    }

    public function get_id(): int
    {
        return $this->id;
    }

    public function get_order_number(): string
    {
        return (string) $this->id;
    }

    public function get_total(): string
    {
        return $this->book['total'];
    }

    public function get_currency(): string
    {
        return $this->book['currency'];
    }

    public function get_date_paid(): ?string
    {
        return $this->book['datePaid'];
    }

    public function has_status(string|array $status): bool
    {
        return in_array($this->book['status'], (array) $status, true);
    }

    public function get_meta(string $key): mixed
    {
        return $this->book['meta'][$key] ?? '';
    }

    public function update_meta_data(string $key, mixed $value): void
    {
        $this->book['meta'][$key] = $value;
    }

    public function add_order_note(string $text): int
    {
        return array_push($this->book['notes'], $text);
    }

    public function update_status(string $status, string $note): bool
    {
        $this->add_order_note("$note(now $status)");
        $this->book['status'] = $status;
        $this->save();
        return true;
    }

    public function payment_complete(string $transaction): bool
    {
        // Whatever WooCommerce does here, e-mails for one, takes its time.
        usleep(30_000);
        $so_far = read_book("order-$this->id")['completed'];
        $this->book['completed'] = [...$so_far, $transaction];
        if ($this->has_status(self::COMPLETES)) {
            $this->book['status'] = 'processing';
            $this->book['datePaid'] ??= gmdate('c');
        }
        $this->save();
        return true;
    }

    public function save(): void
    {
        write_book("order-$this->id", $this->book);
    }

    public function get_checkout_payment_url(): string
    {
        return shop_url("/order-pay/$this->id?key={$this->book['key']}");
    }

    public function get_cancel_order_url_raw(): string
    {
        return shop_url("/cancel/$this->id?key={$this->book['key']}");
    }

    public function get_checkout_order_received_url(): string
    {
        return shop_url("/order-received/$this->id?key={$this->book['key']}");
    }
}

/** Settings are one row: their names with what was saved. */
abstract class WC_Payment_Gateway
{
    public string $id = '';
    public string $title = '';
    public string $description = '';
    public string $method_title = '';
    public string $method_description = '';
    public bool $has_fields = false;
    public array $form_fields = [];
    private array $settings = [];

    public function init_settings(): void
    {
        $this->settings = read_book("settings-$this->id") ?? [];
    }

    public function get_option(string $key): string
    {
        return $this->settings[$key] ?? $this->form_fields[$key]['default'] ?? '';
    }

    public function get_field_key(string $key): string
    {
        return "woocommerce_{$this->id}_$key";
    }

    public function is_available(): bool
    {
        return $this->get_option('enabled') === 'yes';
    }

    public function get_return_url(WC_Order $order): string
    {
        return $order->get_checkout_order_received_url();
    }

    /** The settings' page: a field as its type says. */
    public function settings_html(): string
    {
        $html = '';
        foreach ($this->form_fields as $key => $field) {
            $own = [$this, "generate_{$field['type']}_html"];
            $value = esc_attr($this->get_option($key));
            $name = $this->get_field_key($key);
            $html .= is_callable($own) ? $own($key, $field) : "<input name=\"$name\" value=\"$value\">";
        }
        return $html;
    }

    public function process_admin_options(): void
    {
        foreach ($this->form_fields as $key => $field) {
            $own = [$this, "validate_{$field['type']}_field"];
            $given = $_POST[$this->get_field_key($key)] ?? null;
            $isCheckbox = $field['type'] === 'checkbox';
            $this->settings[$key] = match (true) {
                is_callable($own) => $own($key, $given),
                $isCheckbox => $given === null ? 'no' : 'yes',
                default => trim(wp_unslash((string) $given)),
            };
        }
        write_book("settings-$this->id", $this->settings);
    }
}

function wc_get_order(int $id): WC_Order|false
{
    $book = read_book("order-$id");
    return $book === null ? false : new WC_Order($id, $book);
}

function wc_get_price_decimals(): int
{
    return 2;
}

/** What the shopper is told, on the page that comes next. */
function wc_add_notice(string $text, string $type): void
{
    global $notices;
    $notices[] = "$type: $text";
}

function wc_get_logger(): object
{
    return new class {
        public function error(string $text, array $context): void
        {
            file_put_contents(books('log'), "{$context['source']}: $text\n", FILE_APPEND);
        }
    };
}

function WC(): object
{
    return new class {
        public function api_request_url(string $name): string
        {
            return shop_url("/?wc-api=$name");
        }
    };
}

function shop_url(string $path): string
{
    return getenv('SHOP_URL') . $path;
}
