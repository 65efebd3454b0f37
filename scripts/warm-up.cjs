/**
 * Runs the built command and keeps V8's code for what it ran: `node warm-up.cjs COMMAND CACHE ARGUMENTS…`.
 * The cache is made at the end, so it holds the functions that were compiled lazily on the way as well.
 */
'use strict';
const { writeFileSync } = require('node:fs');

const [node, , command, cache, ...args] = process.argv;
process.argv = [node, command, ...args];
const script = require(command);
process.on('exit', () => writeFileSync(cache, script.createCachedData()));
