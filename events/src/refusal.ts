/**
 * Refusals: what the ledger says when it may not take an input, and findings about a book.
 *
 * A problem names its place, its cause and one next step. All problems of an input are collected and refused
 * together; nothing of a refused input is written. Bugs are assertions, never refusals.
 */

/** Where a problem stands: a file of the user's (1-based line and column) or a position in the log. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** The lines around it, numbered, with a caret row: ready to print. */
  readonly frame?: string;
}

export interface Problem {
  readonly code: ErrorCode;
  /** What is wrong, with the values: one line, no full stop. */
  readonly message: string;
  readonly at?: Place;
  /** The state of the world: what was checked, what was not written. */
  readonly notes?: readonly string[];
  /** One next step. */
  readonly help?: string;
}

/** The exit codes of the `tieout` command (0 and 1 are answers, the others mean that there is none). */
export const ExitCode = {
  done: 0,
  findings: 1,
  usage: 2,
  refused: 3,
  damaged: 4,
  conflict: 5,
  interrupted: 130,
} as const;

interface CatalogueEntry {
  readonly title: string;
  readonly exit: number;
  /** The page behind `tieout help CODE`: cause and remedy in a few sentences. */
  readonly page: string;
}

/** Every code there is. NOTE codes are a contract: never reused for another meaning. */
export const errorCatalogue = {
  E101: {
    title: 'file missing',
    exit: 3,
    page: 'The book names a file that is not there, or the file cannot be read. Check the path in book.yaml and the permissions.',
  },
  E102: {
    title: 'unknown key',
    exit: 3,
    page: 'A file has a key that Tieout does not know. Unknown keys are refused, not ignored, because a misspelt key silently changes a book.',
  },
  E103: {
    title: 'malformed YAML',
    exit: 3,
    page: 'The file is not well-formed YAML. The caret shows where the reader stopped; the mistake is often one line above.',
  },
  E104: {
    title: 'thousands separator outside quotes',
    exit: 3,
    page: 'In YAML, `{ dr: 297,769 }` reads as `dr: 297` and a new key `769`, silently. Write the amount in quotes, dr: "297,769", or without separators, dr: 297769.',
  },
  E105: {
    title: 'amount not readable',
    exit: 3,
    page: 'An amount is a whole number in the unit that the file declares, in quotes with or without thousands separators, or as a plain integer. Parentheses, currency signs and decimal marks are refused; the side (dr or cr) carries the sign.',
  },
  E106: {
    title: 'malformed CSV',
    exit: 3,
    page: 'A CSV file lacks a column that is needed, has one that is unknown, or a row has the wrong number of cells.',
  },
  E107: {
    title: 'missing or wrong value',
    exit: 3,
    page: 'A key that is needed is missing, or its value has the wrong type or is not one of the allowed words.',
  },
  E108: {
    title: 'declared twice',
    exit: 3,
    page: 'An account, movement, dimension, period, statement line or figure is declared twice. Ids are unique within a book.',
  },
  E201: {
    title: 'entry does not balance',
    exit: 3,
    page: 'Debits and credits of an entry differ. A difference divisible by 9 suggests transposed digits; a difference that is twice one leg suggests a leg on the wrong side.',
  },
  E202: {
    title: 'unknown account',
    exit: 3,
    page: 'A posting names an account that accounts.csv does not declare.',
  },
  E203: {
    title: 'unknown movement',
    exit: 3,
    page: 'A posting names a movement that movements.csv does not declare. The movement is the accounting reason of a posting.',
  },
  E204: {
    title: 'posting rule broken',
    exit: 3,
    page: 'Each event type has a rule that its postings obey: an impairment touches an impairment account and an allowance or the asset itself; an equity transaction touches equity; and so on.',
  },
  E205: {
    title: 'date outside its period',
    exit: 3,
    page: 'An entry is dated outside every period of the book, or outside the period that its journal file is for.',
  },
  E206: {
    title: 'period closed',
    exit: 3,
    page: 'A closed period refuses postings. Reopen it with a reason (tieout reopen PERIOD --reason TEXT), post, and close it again.',
  },
  E207: {
    title: 'duplicate id with another body',
    exit: 5,
    page: 'An entry with this id is already in the log and says something else. Nothing is edited: reverse the entry that is there and post a new one under a new id.',
  },
  E208: {
    title: 'unknown event name',
    exit: 3,
    page: 'The file or the log holds an event whose name this version does not know. A replay knows every name or refuses.',
  },
  E209: {
    title: 'unknown dimension or member',
    exit: 3,
    page: 'A posting carries a dimension or a member of one that book.yaml does not declare, or gives one that its account already fixes.',
  },
  E210: { title: 'unknown entry', exit: 2, page: 'No entry of that id is in the log.' },
  E211: {
    title: 'already reversed',
    exit: 3,
    page: 'The entry has been reversed before. Reversing it again would count the correction twice.',
  },
  E212: {
    title: 'provenance does not hold',
    exit: 3,
    page: 'The expression over published facts does not give the amount of its posting, or an amount said to be disclosed or derived has no expression.',
  },
  E213: {
    title: 'own proposal',
    exit: 3,
    page: 'Nobody approves what they proposed themselves. An explanation that was proposed stands when another person, who is an approver, approves it.',
  },
  E301: {
    title: 'unknown figure in a layout',
    exit: 3,
    page: 'A statement line or a formula names a figure that no statement of the book defines.',
  },
  E302: {
    title: 'layout selects nothing',
    exit: 3,
    page: 'A statement line selects an account, movement or dimension member that the book does not declare.',
  },
  E303: {
    title: 'published figure without a cell',
    exit: 3,
    page: 'A row of the published figures names a statement, line or column that no layout has.',
  },
  E304: {
    title: 'formula goes in a circle',
    exit: 3,
    page: 'A figure is defined by a formula that leads back to itself.',
  },
  E305: {
    title: 'published figure not readable',
    exit: 3,
    page: 'A published value is a decimal number in the unit of its row, signed as printed.',
  },
  E401: {
    title: 'store damaged',
    exit: 4,
    page: 'The store contradicts itself at the named position. Nothing was changed. Restore a backup, or load the book into a new store with --fresh.',
  },
  E402: {
    title: 'store not readable',
    exit: 4,
    page: 'The store file cannot be opened as a Tieout store: it is not one, or its format is newer than this version.',
  },
  E403: {
    title: 'store of another book',
    exit: 2,
    page: 'The store holds the log of another book. Name another store with --store.',
  },
  E404: {
    title: 'projection failed',
    exit: 4,
    page: 'A projection could not take an event. The replay stopped there; no event is ever skipped.',
  },
  E405: {
    title: 'published figures would move',
    exit: 1,
    page: 'The projections rebuilt by this program, chart and layouts say something else than what is stored, in figures that were published or are of a closed period. What is stored stays. tieout replay --candidate shows every line that moves; tieout replay --accept-moves REASON puts the rebuilt ones in its place.',
  },
  E406: {
    title: 'parts do not add',
    exit: 3,
    page: 'Parts of a fold add where they are of the same book, days and log, and where no position is in two of them: added twice, the books would foot all the same. Nothing was written. Fold the shares again without the overlap, all with the same --known-at where the log grows meanwhile.',
  },
  E501: {
    title: 'the log moved on',
    exit: 5,
    page: 'The log is at another revision than the one you expected. Look at what was added, then post again with the new revision.',
  },
  E502: {
    title: 'journal changed after it was loaded',
    exit: 3,
    page: 'A journal file of the book differs from what this store was loaded from. The log is the truth: reverse and post, or load into a new store with --fresh.',
  },
  E503: {
    title: 'store busy',
    exit: 5,
    page: 'Another process is writing to the store and did not finish within the wait. Try again.',
  },
  E504: {
    title: 'store not writable',
    exit: 3,
    page: 'The store cannot be written: the disk is full or read-only, or permissions forbid it. Nothing was written.',
  },
  E702: {
    title: 'level outside its range',
    exit: 3,
    page: 'A what-if sets a driver to a level that its book calls implausible and refuses, or that cannot be reached from the present one (nil cannot be scaled). tieout whatif drivers shows the ranges.',
  },
  E703: {
    title: 'scenario contradicts itself',
    exit: 3,
    page: 'A scenario may change what is reported, never what holds in any world: debits are credits, tables foot, opening and movements are closing, clearing accounts come back to nil. This one breaks such an invariant, so its figures would mean nothing.',
  },
  E704: {
    title: 'other entries depend on it',
    exit: 3,
    page: 'A scenario takes out an entry that others stand on: its reversal, its closing, or what settles it. Take those out, too, or adjust by an entry of its own.',
  },
  E705: {
    title: 'driver does not reach the figure',
    exit: 2,
    page: "Goal seek was asked for a figure that the driver does not move, or for a value that no level within the driver's range gives.",
  },
  E601: {
    title: 'unknown name',
    exit: 2,
    page: 'The command, statement, figure, period or entry is not known. A close spelling is suggested where there is one.',
  },
  E602: {
    title: 'usage',
    exit: 2,
    page: 'The command line is not complete or contradicts itself. tieout help shows the commands.',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof errorCatalogue;

/** A refusal: one or more problems, all of them at once. Its exit code is that of the gravest problem. */
export class LedgerError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((p) => `${p.code}: ${p.message}`).join('\n'));
    this.name = 'LedgerError';
    this.problems = problems;
  }

  get exitCode(): number {
    return Math.max(...this.problems.map((p) => errorCatalogue[p.code].exit));
  }
}

/** Refuse one input for one reason. */
export function refuse(
  code: ErrorCode,
  message: string,
  more: Omit<Problem, 'code' | 'message'> = {},
): never {
  throw new LedgerError([{ code, message, ...more }]);
}

/** An assertion: a bug of ours when it fails, never a user's mistake. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`);
}
