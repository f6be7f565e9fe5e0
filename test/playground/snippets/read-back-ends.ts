/**
 * What the code for servers makes of an order: the claims that it signs, or the request that creates a
 * checkout. Run by the language itself, with nobody at the other end.
 * @module
 */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { runInNewContext } from 'node:vm'
import { transformSync } from 'esbuild'
import type { Embedding } from '../../../demo/shop/scripts/playground/snippets/index.ts'

export interface Placed {
  readonly order: unknown
  /** Where a checkout was asked for; a token is asked for nowhere. */
  readonly url: string | null
}

export interface BackEnd {
  place(code: string, source: Embedding['source']): Promise<Placed>
  close(): void
}

export function openNode(): BackEnd {
  return {
    async place(code) {
      let placed: Placed | undefined
      const stubs: Record<string, unknown> = {
        'node:http': { createServer: () => ({ listen: () => undefined }) },
        'crypto-checkout/merchant': {
          signOrder: (order: unknown) => (placed = { order, url: null }),
        },
      }
      const answer = (url: string, { body }: { body: string }): object => {
        placed = { order: JSON.parse(body), url }
        return { ok: true, json: () => ({}) }
      }
      const { code: script } = transformSync(`${code}\nvoid placeOrder()`, {
        loader: 'ts',
        format: 'cjs',
      })
      const require = (name: string): unknown => stubs[name] ?? {}
      runInNewContext(script, { require, module: {}, process: { env: {} }, fetch: answer })
      assert.ok(placed)
      return { ...placed, order: JSON.parse(JSON.stringify(placed.order)) as unknown }
    },
    close: () => undefined,
  }
}

/** Each line is a program; its answer is a line. */
const PYTHON = `
import base64, io, json, os, sys, urllib.request
os.environ.update(ORDER_SECRET="x" * 32, MERCHANT_API_KEY="x" * 32)
for line in sys.stdin:
    seen = {}
    def urlopen(request):
        seen.update(url=request.full_url, order=json.loads(request.data))
        return io.StringIO('{"id": "1"}')
    def Request(url, data, headers):
        seen.update(url=url, order=json.loads(data))
        return url
    urllib.request.Request = Request
    urllib.request.urlopen = lambda url: io.StringIO('{"id": "1"}')
    scope = {}
    exec(json.loads(line).rsplit("HTTPServer(", 1)[0], scope)
    token = scope["place_order"]()
    if not seen:
        claims = token.split(".")[1]
        order = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
        seen = {"order": order, "url": None}
    print(json.dumps(seen), flush=True)
`

/** Each program has a namespace, and there its own way to ask. */
const PHP = `
$_SERVER['REQUEST_METHOD'] = $_SERVER['REQUEST_URI'] = '';
putenv('ORDER_SECRET=' . str_repeat('x', 32));
putenv('MERCHANT_API_KEY=' . str_repeat('x', 32));
set_error_handler(function ($level, $text) { throw new ErrorException($text); });
for ($at = 0; ($line = fgets(STDIN)) !== false; $at++) {
    $GLOBALS['seen'] = null;
    $stub = "namespace N$at;" . 'function file_get_contents(string $url, bool $path, $context): string {
        $order = json_decode(stream_context_get_options($context)["http"]["content"]);
        $GLOBALS["seen"] = ["url" => $url, "order" => $order];
        return \\'{"id":"1"}\\';
    }';
    $declared = 'declare(strict_types=1);';
    $code = explode($declared, json_decode($line), 2);
    eval($declared . $stub . $code[1]);
    $token = ("\\\\N$at\\\\place_order")();
    $claims = fn () => json_decode(base64_decode(strtr(explode('.', $token)[1], '-_', '+/')));
    echo json_encode($GLOBALS['seen'] ?? ['url' => null, 'order' => $claims()]), "\\n";
}
`

export const openPython = (): BackEnd => openLines('python3', ['-c', PYTHON])
export const openPhp = (): BackEnd => openLines('php', ['-d', 'display_errors=stderr', '-r', PHP])

/** One process for all programs: starting one takes longer than the rest. */
function openLines(command: string, args: readonly string[]): BackEnd {
  const child: ChildProcessWithoutNullStreams = spawn(command, args)
  const waiting: ((line: string) => void)[] = []
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  createInterface(child.stdout).on('line', (line) => waiting.shift()?.(line))
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject)
    child.once('close', () => reject(new Error(errors)))
  })
  ended.catch(() => undefined)
  return {
    async place(code) {
      const answer = new Promise<string>((resolve) => void waiting.push(resolve))
      child.stdin.write(`${JSON.stringify(code)}\n`)
      const { order, url } = JSON.parse(await Promise.race([answer, ended])) as Placed
      const { aud: _aud, iat: _iat, exp: _exp, ...rest } = order as Record<string, unknown>
      return { order: rest, url }
    },
    close: () => void child.kill(),
  }
}

/** Notes what is signed, and every argument of what is asked. */
const SHELL = `
npx() { cat >&2; }
echo() { :; }
curl() { for each; do printf '%s\\0' "$each"; done; }
MERCHANT_API_KEY=x
`

export function openShell(): BackEnd {
  return {
    async place(code, source) {
      const { stdout, stderr, status } = spawnSync('sh', ['-c', SHELL + code], {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'] },
      })
      assert.equal(status, 0, stderr)
      const parts = stdout.split('\0')
      if (source === 'token') return { order: JSON.parse(stderr), url: null }
      assert.equal(stderr, '')
      const at = parts.indexOf('-d')
      return { order: JSON.parse(parts[at + 1] ?? ''), url: parts[at + 2] ?? null }
    },
    close: () => undefined,
  }
}
