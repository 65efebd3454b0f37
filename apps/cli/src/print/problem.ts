/**
 * Problems as text: place, cause, state of the world, one next step. The last line is the count.
 */
import type { LedgerError, Problem } from '@tieout/events';
import { paint, type Terminal } from './text';

function problemText(problem: Problem, terminal: Terminal): string {
  const { code, message, at, notes = [], help } = problem;
  const lines = [`${paint(`error[${code}]`, 'red', terminal)}: ${paint(message, 'bold', terminal)}`];
  if (at) {
    const place = [at.file, at.line, at.column].filter((part) => part !== undefined).join(':');
    lines.push(`  --> ${place}`);
    if (at.frame) lines.push(...at.frame.split('\n').map((line) => `  ${line}`));
  }
  for (const note of notes) lines.push(`   = note: ${note}`);
  if (help) lines.push(`   = help: ${help}`);
  return lines.join('\n');
}

/** All problems of a refusal. */
export function refusalText(error: LedgerError, terminal: Terminal): string {
  const blocks = error.problems.map((problem) => problemText(problem, terminal));
  const count = error.problems.length === 1 ? '1 error' : `${error.problems.length} errors`;
  return `${blocks.join('\n\n')}\n\n${count}; nothing was written`;
}

/** The same as one JSON document, for `--json`. */
export function refusalJson(error: LedgerError): string {
  return JSON.stringify({ schema: 'tieout.refusal/1', written: false, errors: error.problems }, undefined, 2);
}
