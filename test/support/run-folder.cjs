/**
 * A folder that all spec files of one run of jest share, for what they would otherwise each make: see command.ts.
 * Jest runs this before the first spec file, in its own process, whose environment the workers have.
 */
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

module.exports = () => {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-run-'));
  process.env.TIEOUT_RUN_FOLDER = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
};
