/**
 * The states of an order as a map: the current one is lit, where it can go from here is drawn, and the way
 * that it came stays marked.
 * @module
 */
import { html, svg } from 'lit'
import type { TemplateResult } from 'lit'
import { PAYMENT_STATUSES, TRANSITIONS } from '../../../../protocol/status.ts'
import type { PaymentStatus } from '../../../../protocol/status.ts'

const BOX = { width: 92, height: 34 } as const
const PLACES: Readonly<Record<PaymentStatus, readonly [x: number, y: number]>> = {
  pending: [54, 24],
  processing: [178, 24],
  paid: [302, 24],
  canceled: [54, 100],
  review: [178, 100],
  refunding: [302, 100],
  expired: [54, 176],
  failed: [178, 176],
  refunded: [302, 176],
}

/** `way`: the states so far, oldest first; the last is the current one. */
export function diagram(way: readonly PaymentStatus[]): TemplateResult {
  const now = way.at(-1)
  const next = now ? TRANSITIONS[now] : []
  const walked = way.slice(1).map((to, index) => [way[index] ?? to, to] as const)
  const said = now
    ? `Now: ${now}. From here: ${next.join(', ') || 'nowhere'}.`
    : 'No order is open.'
  return html`<figure class="diagram">
    <svg viewBox="0 0 356 202" role="img" aria-label=${said}>
      <defs>
        <marker
          id="arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path d="M0 0 8 4 0 8z"></path>
        </marker>
      </defs>
      ${now ? next.map((to) => arrow(now, to, 'next')) : ''}
      ${walked.map(([from, to]) => arrow(from, to, 'walked'))}
      ${PAYMENT_STATUSES.map((status) => node(status, kindOf(status, now, way, next)))}
    </svg>
    <figcaption>${said}</figcaption>
  </figure>`
}

function kindOf(
  status: PaymentStatus,
  now: PaymentStatus | undefined,
  way: readonly PaymentStatus[],
  next: readonly PaymentStatus[],
): string {
  if (status === now) return 'now'
  if (way.includes(status)) return 'been'
  return next.includes(status) ? 'next' : 'away'
}

function node(status: PaymentStatus, kind: string): TemplateResult {
  const [x, y] = PLACES[status]
  return svg`<g class="node ${kind}" data-status=${status}>
    <rect x=${x - BOX.width / 2} y=${y - BOX.height / 2} width=${BOX.width} height=${BOX.height} rx="9"></rect>
    <text x=${x} y=${y + 4}>${status}</text>
  </g>`
}

/** From edge to edge; a bow where another box would lie in the way. */
function arrow(from: PaymentStatus, to: PaymentStatus, kind: string): TemplateResult {
  const [x1, y1] = PLACES[from]
  const [x2, y2] = PLACES[to]
  const [dx, dy] = [x2 - x1, y2 - y1]
  const isFar = (dx === 0 && Math.abs(dy) > 80) || (dy === 0 && Math.abs(dx) > 130)
  const bow = isFar ? 34 : 0
  const [mx, my] = [
    (x1 + x2) / 2 + (dx === 0 ? bow * 1.75 : 0),
    (y1 + y2) / 2 + (dy === 0 ? bow : 0),
  ]
  const [sx, sy] = edge(x1, y1, mx, my)
  const [ex, ey] = edge(x2, y2, mx, my)
  return svg`<path class="arrow ${kind}" d="M${sx} ${sy}Q${mx} ${my} ${ex} ${ey}" marker-end="url(#arrow)"></path>`
}

/** Where the line from the middle of a box towards a point leaves the box. */
function edge(x: number, y: number, towardsX: number, towardsY: number): readonly [number, number] {
  const [dx, dy] = [towardsX - x, towardsY - y]
  const scale = Math.min(
    dx === 0 ? Infinity : BOX.width / 2 / Math.abs(dx),
    dy === 0 ? Infinity : BOX.height / 2 / Math.abs(dy),
  )
  return [Math.round(x + dx * scale), Math.round(y + dy * scale)]
}
