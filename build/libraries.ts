/**
 * What a bundler leaves lying about of the libraries is taken out here.
 * @module
 */
import type { Plugin } from 'vite'

/**
 * A page may already run Lit under its policy's name, and a policy can be made only once: ours has
 * its own name.
 */
export function ownTrustedTypesPolicy(): Plugin {
  return {
    name: 'own-trusted-types-policy',
    transform(code, id) {
      if (!/lit-html\/(development\/)?lit-html\.js/.test(id)) return null
      const renamed = code.replace(/(createPolicy\(\s*['"])lit-html(['"])/, '$1crypto-checkout$2')
      if (renamed === code) this.error('lit-html makes its policy in another way than expected')
      return { code: renamed, map: null }
    },
  }
}

const VERSIONS = /\(\w+\.\w+Versions\?\?=\[\]\)\.push\("[\d.]+"\)/g

/** Errors of a library's are for developers, who do not use this file. */
const ERRORS = /new (\w*Error) ?\((?:[^()]|\([^()]*\))*\)|Error\(["'][^()]*\)/g
const withoutText = (error: string): string => error.replace(/\(.*/s, '()')

type Cut = readonly [what: RegExp, by: string]

/** What of a library is left out, by its file. Each has to be there. */
const CUTS: Readonly<Record<string, readonly Cut[]>> = {
  'lit-html/lit-html.js': [
    [/\b\w+\.lit\w*PolyfillSupport/g, 'void 0'],
    // a note of the version, for warnings that this build does not have
    [VERSIONS, '0'],
    // our templates are of HTML, without comments or raw text, and tagged here
    [/2===\w\?"<\/?svg>":3===\w\?"<\/?math>":""/g, '""'],
    [/,2===\w\|\|3===\w\)\{[^}]*\}/, ',0);'],
    [/if\(!u\(t\)\|\|!t\.hasOwnProperty\("raw"\)\)throw Error\([^)]*\);/, ''],
    [/\(y\.test\(u\[2\]\)&&\(n=RegExp\("<\/"\+u\[2\],"g"\)\),c=p\)/, '(c=p)'],
    [/c=n\?\?v/, 'c=v'],
    [/"!--"===u\[1\]\?c=_:/, ''],
    [/c===_\|\|c===m/, 'c===m'],
    [/'"'===u\[3\]\?\$:g\)/, '$$)'],
    [/c===\$\|\|c===g/, 'c===$$'],
    [/if\(y\.test\(r\.tagName\)\)\{.*?r\.append\(t\[i\],c\(\)\)\}\}/, ''],
    [/else\{let t=-1;for\(.*?t\+=o\.length-1\}/, ''],
    [/"number"==typeof s\?(this\._\$AC\(t\)):\(.*?,s\);/, '$1;'],
    // they hold no directives, properties, elements, nodes or iterables other than arrays
    [/(function M\(t,i),s=t,e\)\{.*?,i\}/, '$1){return i}'],
    [/:6===r\.type&&\(i=new Z\(h,this,t\)\)/, ':0'],
    [/else t\.startsWith\(o\)&&\(d\.push\(\{type:6.*?\),r\.removeAttribute\(t\)\);/, ''],
    [/class Z\{.*?\}\}const j=\{.*?\}/, 'const j={}'],
    [/"\."===e\[1\]\?I:/, ''],
    [/void 0!==t\.nodeType\?this\.T\(t\):/, ''],
    [/d=t=>u\(t\)\|\|"function"==typeof t\?\.\[Symbol\.iterator\]/, 'd=u'],
    [/get (?:parentNode|startNode|endNode|_\$AU|tagName)\(\)\{[^}]*\}/g, ''],
    [/this\._\$AN=void 0,/g, ''],
    [/,this\._\$Cv=e\?\.isConnected\?\?!0/, ''],
    [/this\._\$AP\?\.\(!1,!0,s\)/, ''],
    [/setConnected\(t\)\{.*?\}\}/, '}'],
    // nor do they say that nothing is to be changed
    [/t!==this\._\$AH&&t!==E/g, 't!==this._$AH'],
    [/,r===E&&\(r=this\._\$AH\[n\]\)/, ''],
    [/if\(\(t=M\(this,t,i,0\)\?\?A\)===E\)return;/, 't??=A;'],
    // our listeners are arrow functions, without options
    [/\|\|t\.capture!==s\.capture\|\|t\.once!==s\.once\|\|t\.passive!==s\.passive/, ''],
    [/"function"==typeof this\._\$AH\?.*?:this\._\$AH\.handleEvent\(t\)/, 'this._$AH(t)'],
    [/,this\.options=[eh]/g, ''],
    // they stand alone in a shadow root, and stay in this document
    [/t\?\.creationScope\?\?l/, 'l'],
    [/s\?\.renderBefore\?\?/g, ''],
    [/s\?\?\{\}/, 's'],
  ],
  'lit-element/lit-element.js': [
    [/\b\w+\.lit\w*PolyfillSupport/g, 'void 0'],
    [VERSIONS, '0'],
    [/\w\.litElementHydrateSupport\?\.\(\{LitElement:\w\}\)/, '0'],
    [/createRenderRoot\(\)\{.*?\}/, ''],
    [/this\.hasUpdated\|\|\(this\.renderOptions\.isConnected=this\.isConnected\),/, ''],
    [/connectedCallback\(\)\{.*?\}disconnectedCallback\(\)\{.*?\}/, ''],
  ],
  'reactive-element/reactive-element.js': [
    [/\b\w+\.reactive\w*PolyfillSupport/g, 'void 0'],
    [VERSIONS, '0'],
    // our properties are texts, numbers and switches, without accessors or converters of their own
    [/case Object:case Array:(?:try\{[^}]*\}catch\(\w\)\{[^}]*\}|[^}]*)/g, ''],
    [/"function"==typeof t\.converter\?.*?t\.converter:u/, 'u'],
    [/\(void 0!==i\.converter\?\.toAttribute\?i\.converter:u\)/, 'u'],
    [/r\?\?this\._\$Ej\?\.get\(e\)\?\?r/, 'r'],
    [/\|\|i\.useDefault&&i\.reflect&&.*?\(t,i\)\)/, ''],
    [/i&&!\(this\._\$Ej\?\?=new Map\)\.has\(t\)&&\(.*?\)\|\|\(this\._\$AL/, '(this._$AL'],
    [/s\.state&&\(s\.attribute=!1\),/, ''],
    [/,this\.prototype\.hasOwnProperty\(t\)&&\(\(s=Object\.create\(s\)\)\.wrapped=!0\)/, ''],
    [/h\(this\.prototype,t\)\?\?/, ''],
    [/const t=this\.constructor\.elementProperties;if\(t\.size>0\).*?,i,e\)\}/, ''],
    [/if\(Array\.isArray\(s\)\)\{.*?\}else void 0!==s&&i\.push\(t\(s\)\);return i/, 'return s??i'],
    // no decorators, and nothing that comes and goes
    [/Symbol\.metadata\?\?=[^;]*;/, ''],
    [/const \w=this\[Symbol\.metadata\];if\(null!==\w\)\{[^}]*\}/, ''],
    [/static addInitializer\(t\)\{.*?\}/, ''],
    [/,void 0!==t\.l&&\(this\.l=\[\.\.\.t\.l\]\)/, ''],
    [/,this\.constructor\.l\?\.forEach\(t=>t\(this\)\)/, ''],
    [/\[\.\.\.r\(t\),\.\.\.o\(t\)\]/, 'r(t)'],
    [/removeController\(t\)\{.*?\}/, ''],
    // our updates are neither put off nor left out
    [/const t=this\.scheduleUpdate\(\);return null!=t&&await t,/, 'this.performUpdate();return '],
    [/scheduleUpdate\(\)\{return this\.performUpdate\(\)\}/, ''],
    [/t=this\.shouldUpdate\(s\),t\?\((.*?)\):this\._\$EM\(\)/, 't=!0,$1'],
    [/shouldUpdate\(t\)\{return!0\}/, ''],
    [/,this\.firstUpdated\(t\)/, ''],
    [/firstUpdated\(t\)\{\}/, ''],
  ],
  // every browser that knows container queries, which our styles need, can adopt style sheets
  'reactive-element/css-tag.js': [[/\w+\.ShadowRoot&&.*?CSSStyleSheet\.prototype/, 'true']],
  'hashes/sha3.js': [
    [/\n {4}if \([^;]*\)\s*throw new \w*Error\([^;]*\);/g, ''],
    [/\n {4}anumber\(rounds[^;]*;/, ''],
  ],
}

export function leaveOut(): Plugin {
  return {
    name: 'leave-out',
    transform(code, id) {
      if (!id.includes('node_modules')) return null
      let lean = /qrcode\/lib|css-tag/.test(id) ? code.replace(ERRORS, withoutText) : code
      const file = Object.keys(CUTS).find((name) => id.endsWith(name)) ?? ''
      for (const [what, by] of CUTS[file] ?? []) {
        const cut = lean.replace(what, by)
        if (cut === lean) this.error(`${file} has no ${what} any more`)
        lean = cut
      }
      return { code: lean, map: null }
    },
  }
}
