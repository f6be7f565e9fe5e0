<?php

/**
 * A stand-in for the few functions of WordPress that the plugin calls. Its database is a folder.
 */

declare(strict_types=1);

define('ABSPATH', __DIR__ . '/');

/** By hook: what was added, in that order. */
$hooks = [];

function add_action(string $hook, callable $listener): void
{
    global $hooks;
    $hooks[$hook][] = $listener;
}

function add_filter(string $hook, callable $listener): void
{
    add_action($hook, $listener);
}

function do_action(string $hook): void
{
    global $hooks;
    foreach ($hooks[$hook] ?? [] as $listener) {
        $listener();
    }
}

function apply_filters(string $hook, mixed $value): mixed
{
    global $hooks;
    return array_reduce($hooks[$hook] ?? [], fn ($so_far, $listener) => $listener($so_far), $value);
}

function __(string $text, string $domain): string
{
    return $text;
}

function esc_html(string $text): string
{
    return htmlspecialchars($text, ENT_QUOTES);
}

function esc_attr(string $text): string
{
    return htmlspecialchars($text, ENT_QUOTES);
}

/** What a form sent, without the slashes that WordPress puts before quotes. */
function wp_unslash(string $text): string
{
    return stripslashes($text);
}

function wp_json_encode(mixed $value): string
{
    return json_encode($value, JSON_THROW_ON_ERROR);
}

function get_locale(): string
{
    return 'en_GB';
}

function status_header(int $status): void
{
    http_response_code($status);
}

final class WP_Error
{
}

function is_wp_error(mixed $value): bool
{
    return $value instanceof WP_Error;
}

function wp_remote_post(string $url, array $options): array|WP_Error
{
    $headers = array_map(
        fn (string $name, string $value): string => "$name: $value",
        array_keys($options['headers']),
        $options['headers'],
    );
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => $headers,
        'content' => $options['body'],
        'timeout' => $options['timeout'],
        'follow_location' => $options['redirection'] === 0 ? 0 : 1,
        'ignore_errors' => true,
    ]]);
    $body = @file_get_contents($url, false, $context);
    return $body === false
        ? new WP_Error()
        : ['response' => ['code' => (int) explode(' ', $http_response_header[0])[1]], 'body' => $body];
}

function wp_remote_retrieve_response_code(array $answer): int
{
    return $answer['response']['code'];
}

function wp_remote_retrieve_body(array $answer): string
{
    return $answer['body'];
}

/** The locks of MySQL, as files; a lock is held for as long as its connection is, or until it is let go. */
$wpdb = new class {
    public string $prefix = 'wp_';
    private array $held = [];

    public function prepare(string $query, string|int ...$values): string
    {
        $quoted = array_map(fn ($value) => is_int($value) ? $value : "'$value'", $values);
        return vsprintf($query, $quoted);
    }

    public function get_var(string $query): string
    {
        if (preg_match("/^SELECT GET_LOCK\('(\w{1,64})', \d+\)$/D", $query, $found)) {
            $this->held[$found[1]] = fopen(books("$found[1].lock"), 'c');
            return flock($this->held[$found[1]], LOCK_EX) ? '1' : '0';
        }
        if (preg_match("/^SELECT RELEASE_LOCK\('(\w{1,64})'\)$/D", $query, $found)) {
            fclose($this->held[$found[1]]);
            return '1';
        }
        throw new LogicException("a query that the stand-in does not know: $query");
    }
};

/** A file of its database. */
function books(string $name): string
{
    $folder = getenv('BOOKS');
    is_dir($folder) || mkdir($folder, 0700, true);
    return "$folder/$name";
}

function read_book(string $name): ?array
{
    $text = @file_get_contents(books("$name.json"));
    return $text === false ? null : json_decode($text, true, flags: JSON_THROW_ON_ERROR);
}

function write_book(string $name, array $book): void
{
    $new = books(uniqid("$name.", true));
    file_put_contents($new, json_encode($book, JSON_THROW_ON_ERROR | JSON_PRETTY_PRINT));
    rename($new, books("$name.json"));
}
