/**
 * The lowest baseline: `node:http`, which reads JSON where there is some, and answers a little.
 * @module
 */
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const server = createServer((request, response) => {
  if (request.method === 'GET') return answer(response, { id: request.url?.split('/').at(-1) })
  let text = ''
  return request
    .setEncoding('utf8')
    .on('data', (chunk: string) => (text += chunk))
    .once('end', () => answer(response, { fields: Object.keys(JSON.parse(text) as object).length }))
}).listen(0, () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ port })}\n`)
})

function answer(response: ServerResponse, body: object): void {
  const text = JSON.stringify(body)
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}
