/**
 * The scripts beside this file run in browsers.
 * @module
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
