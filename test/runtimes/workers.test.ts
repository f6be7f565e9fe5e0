import { runtimeSuite } from './suite.ts'

runtimeSuite('workers')
