/**
 * A journal of everything that a plain-text engine could stumble over: texts with the marks of its syntax, ids that it
 * does not allow or cannot tell apart, dimensions named like its own keys, amounts beyond doubles, three minor digits.
 */
import type { JournalToExport } from '@tieout/interchange';
import type { Account, Entry, Posting } from '@tieout/ledger';
import type { Minor } from '@tieout/money';

const account = (id: string, type: Account['type']): Account => ({
  id,
  name: `Name of ${id}; "quoted", [2024-01-01] | (x)  y`,
  type,
  role: 'other-asset',
  normal: 'either',
  dimensions: {},
});

const accounts = [
  account('cash_in.Hand', 'asset'),
  account('cash-in.Hand', 'asset'),
  account('cash-in.hand', 'asset'),
  account('(odd).[2024].a;b', 'liability'),
  account('研究.開発', 'expense'),
  account('équité.été', 'equity'),
  account('401', 'income'),
];

const text =
  'Says "a", \\ b; c | d: [2024-01-01] [=2024-01-02] date:2024-01-03  x\n  y: # ^t (z) @ 5 {6} = 7 研究';

const leg = (of: string, minor: Minor, dimensions: Record<string, string> = {}): Posting => ({
  account: of,
  movement: 'odd;[2024]',
  day: '2024-06-30',
  unit: 'KWD',
  minor,
  dimensions,
  expression: text,
});

const entry = (id: string, postings: readonly Posting[]): Entry => ({
  id,
  event: 'EntryPosted',
  date: '2024-06-30',
  dateBasis: 'disclosed',
  description: text,
  postings,
  provenance: { amount: 'disclosed', allocation: 'given', reasoning: text, source: [1, 23] },
});

/** Beyond what a double holds. */
const huge = 90071992547409931234n;

export const awkward: JournalToExport = {
  entity: text,
  title: text,
  chart: {
    accounts: new Map(accounts.map((each) => [each.id, each])),
    movements: new Map(),
    dimensions: new Map(),
    periods: [{ id: 'Y24', from: '2024-01-01', to: '2024-12-31', label: '', column: '', audit: '' }],
    currency: 'KWD',
    minorDigits: 3,
  },
  amounts: 'KWD',
  basis: 'reconstructed entries',
  concepts: new Map(),
  figures: [],
  entries: [
    entry('J(1)', [
      leg('cash_in.Hand', huge, { date: 'x', movement: 'y', class: 'plain' }),
      leg('cash-in.Hand', 1, { filename: 'a', lineno: 'b', X: 'c', '2x': 'd' }),
      leg('cash-in.hand', 20),
      leg('401', -huge),
      leg('(odd).[2024].a;b', -21),
    ]),
    entry('*!', [leg('研究.開発', 1234567), leg('équité.été', -1234567)]),
  ],
};

/** What each account stands at. */
export const awkwardBalances: Readonly<Record<string, Minor>> = {
  'cash_in.Hand': huge,
  'cash-in.Hand': 1,
  'cash-in.hand': 20,
  '401': -huge,
  '(odd).[2024].a;b': -21,
  '研究.開発': 1234567,
  'équité.été': -1234567,
};
