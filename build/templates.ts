/**
 * Templates and style sheets without the white space that is there for people.
 * @module
 */
import type { Plugin } from 'vite'

/** Templates are indented for people. Only white space around line breaks goes. */
export function collapseTemplates(): Plugin {
  return {
    name: 'collapse-templates',
    enforce: 'pre',
    transform(code, id) {
      if (id.includes('/widget/styles/')) return { code: minifyCss(code), map: null }
      if (!id.includes('/widget/views/')) return null
      // next to a tag or a value no text stands on a line of its own
      const lean = code.replace(/([>}])\n\s+(?=<|\$\{)|\n\s+(?=\/?>|\$\{)/g, '$1')
      return { code: lean, map: null }
    },
    generateBundle(_options, bundle) {
      // after minification only templates contain line breaks
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk') chunk.code = chunk.code.replace(/\n {2,}/g, ' ')
      }
    },
  }
}

function minifyCss(source: string): string {
  return source.replace(/css`[^]*?`/g, (block) =>
    block
      .replace(/\s+/g, ' ')
      .replace(/ ?([{};,]) ?/g, '$1')
      .replace(/: /g, ':')
      .replace(/;\}/g, '}')
      .replace(/\$\{(\w+)\};?/g, '${$1}'),
  )
}
