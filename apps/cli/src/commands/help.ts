/** `help`: the commands, the page of an error code, the exit codes. */
import { suggestion } from '@tieout/answers';
import { errorCatalogue, ExitCode, refuse, type ErrorCode } from '@tieout/events';
import type { Io } from '../io';
import { wrap } from '../print/text';

const exitCodes = `Exit codes
  0    done, and nothing found
  1    done, with findings: a figure does not tie, or verify found something
  2    usage: unknown command, option, statement, figure or entry
  3    input refused; nothing was written
  4    store damaged, or not readable
  5    conflict: the log moved on, or is busy
  70   a bug in tieout
  130  interrupted`;

function errorPage(code: ErrorCode, width: number): string {
  const { title, exit, page } = errorCatalogue[code];
  const body = wrap(page, Math.min(width, 90) - 2).map((line) => `  ${line.trim()}`);
  return [`${code}  ${title}  (exit ${exit})`, '', ...body].join('\n');
}

export function runHelpTopic(io: Io, topic: string | undefined, commands: () => string): number {
  if (topic === undefined) io.print(commands().trimEnd());
  else if (topic === 'exit-codes') io.print(exitCodes);
  else if (topic === 'errors') {
    const codes = Object.entries(errorCatalogue).map(
      ([code, { title, exit }]) => `${code}  ${title}  (exit ${exit})`,
    );
    io.print(codes.join('\n'));
  } else {
    const code = topic.toUpperCase();
    if (!Object.hasOwn(errorCatalogue, code)) {
      const topics = ['exit-codes', 'errors', ...Object.keys(errorCatalogue)];
      refuse('E601', `no help on "${topic}"`, {
        help: suggestion(topic, topics, 'tieout help, tieout help errors, tieout help exit-codes'),
      });
    }
    io.print(errorPage(code as ErrorCode, io.out.width));
  }
  return ExitCode.done;
}
