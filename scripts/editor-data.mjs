/**
 * What editors know of the element, made of its manifest: `web-types.json` for those of JetBrains, two files
 * of custom data for VS Code.
 * @module
 */

/** Every one has a file of its own in `dist/`. */
export function describeForEditors(manifest, { name, version }) {
  const element = manifest.modules[0].declarations[0]
  return {
    'web-types.json': webTypes(element, name, version),
    'vscode.html-custom-data.json': htmlData(element),
    'vscode.css-custom-data.json': cssData(element),
  }
}

function webTypes(element, name, version) {
  const { tagName, summary, attributes, slots, members, events } = element
  return {
    $schema: 'https://json.schemastore.org/web-types',
    name,
    version,
    'description-markup': 'markdown',
    contributions: {
      html: {
        elements: [
          {
            name: tagName,
            description: summary,
            attributes: attributes.map((each) => ({
              name: each.name,
              description: each.description,
              value: { type: valueType(each), required: !isSwitch(each) },
              ...(each.default && { default: each.default }),
            })),
            slots: slots.map(nameAndText),
            js: {
              properties: members
                .filter((each) => each.kind === 'field')
                .map((each) => ({ ...nameAndText(each), type: each.type.text })),
              events: events.map((each) => ({ ...nameAndText(each), type: each.type.text })),
            },
            css: {
              properties: element.cssProperties.map((each) => ({
                ...nameAndText(each),
                ...(each.default && { default: each.default }),
              })),
              parts: element.cssParts.map(nameAndText),
              'pseudo-classes': element.cssStates.map((each) => ({
                ...nameAndText(each),
                name: `state(${each.name})`,
              })),
            },
          },
        ],
      },
    },
  }
}

function htmlData({ tagName, summary, attributes, slots, events }) {
  const listed = (title, items) =>
    `**${title}**\n\n${items.map((each) => `- \`${each.name}\`: ${each.description}`).join('\n')}`
  return {
    version: 1.1,
    tags: [
      {
        name: tagName,
        description: markdown(
          `${summary}\n\n${listed('Events', events)}\n\n${listed('Slots', slots)}`,
        ),
        attributes: attributes.map((each) => ({
          name: each.name,
          description: markdown(each.description),
          ...(isSwitch(each) ? { valueSet: 'v' } : choices(each)),
        })),
      },
    ],
  }
}

function cssData({ tagName, cssProperties, cssParts, cssStates }) {
  return {
    version: 1.1,
    properties: cssProperties.map((each) => ({
      name: each.name,
      description: markdown(`${each.description} Of \`<${tagName}>\`.`),
      ...(each.default && { syntax: `default: ${each.default}` }),
    })),
    pseudoElements: cssParts.map((each) => ({
      name: `::part(${each.name})`,
      description: markdown(`${each.description} Of \`<${tagName}>\`.`),
    })),
    pseudoClasses: cssStates.map((each) => ({
      name: `:state(${each.name})`,
      description: markdown(`${each.description} Of \`<${tagName}>\`.`),
    })),
  }
}

const nameAndText = ({ name, description }) => ({ name, description })

const markdown = (value) => ({ kind: 'markdown', value })

const isSwitch = ({ type }) => type.text === 'boolean'

/** An attribute that is left out is null. */
const valueType = ({ type }) => type.text.replace(/ \| null$/, '')

/** The values of an attribute that has only a few. */
function choices(attribute) {
  const values = valueType(attribute).split(' | ')
  if (!values.every((each) => /^'.*'$/.test(each))) return {}
  return { values: values.map((each) => ({ name: each.slice(1, -1) })) }
}
