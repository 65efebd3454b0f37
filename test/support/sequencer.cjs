/**
 * Which spec file comes first: those that start the command, which are the longest, so that at the end of a run no worker
 * waits for another. Otherwise as jest has it: by what each took before, or by size.
 */
const { default: Sequencer } = require('@jest/test-sequencer');

const startsCommands = ({ path }) => /[\\/]test[\\/](e2e|crash|document|browser)[\\/]/.test(path);

module.exports = class extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted.filter(startsCommands), ...sorted.filter((each) => !startsCommands(each))];
  }
};
