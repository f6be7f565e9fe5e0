/**
 * Where everything comes from that we did not write: T32.
 * @module
 */
import { group } from '../mutant.ts'

export const SUPPLY = [
  ...group({ threat: 'T32', file: 'package.json', tests: ['scripts/check-supply'] }, [
    {
      id: 'pinned',
      control: 'a dependency is one version, to the letter',
      find: '"lit": "3.3.3"',
      replace: '"lit": "^3.3.3"',
    },
    {
      id: 'scripts',
      control: 'a package runs a script at its installation only by name',
      find: '"esbuild": false',
      replace: '"left-pad": true',
    },
  ]),
  ...group({ threat: 'T32', file: 'scripts/check-supply.mjs', tests: ['supply/check-supply'] }, [
    {
      id: 'check-pins',
      control: 'a version that is not pinned is found',
      find: '\ncheckPins()\n',
      replace: '\n',
    },
    {
      id: 'check-sources',
      control: 'a package from elsewhere is found',
      find: '\ncheckSources()\n',
      replace: '\n',
    },
    {
      id: 'check-scripts',
      control: 'a new install script is found',
      find: '\ncheckInstallScripts()\n',
      replace: '\n',
    },
    {
      id: 'check-shipped',
      control: 'a license that we may not ship is found',
      find: '\ncheckShipped()\n',
      replace: '\n',
    },
    {
      id: 'check-examples',
      control: 'an example that brings what it likes is found',
      find: '\ncheckExamples()\n',
      replace: '\n',
    },
  ]),
]
