/** The record as a page: whatever a book says, it is text. */
import fc from 'fast-check';
import { canonical, sha256 } from '@tieout/events';
import type { SealedRecord } from '@tieout/proof';
import { recordToHtml } from './record-html';

/** A record in which every text of the book's is `text`. */
function recordWith(text: string): SealedRecord {
  const decided = { actor: text, recordedAt: text, reason: text };
  const body = {
    ...{ schema: 'tieout.record/1', result: 'findings', tool: { name: 'tieout', version: '1' } },
    book: { id: text, entity: text, title: text, sha256: 'aa', files: [{ path: text, sha256: 'bb' }] },
    source: { title: text },
    columns: [{ period: text, label: text, from: '2024-01-01', to: '2024-12-31', audit: text }],
    log: { length: 1, head: 'cc', entries: 1 },
    figures: {
      total: 1,
      states: { 'does-not-tie': { total: 1, 'cross-checked': 1, 'self-supporting': 0, rounded: 0 } },
      remarkable: [
        {
          ...{ id: text, fact: text, state: 'does-not-tie', label: text, statement: text, unit: text },
          ...{ published: '1', text, sourceLine: 7, reading: 'repaired', basis: 'cross-checked', note: text },
          ...{ because: text, ties: [text], confirmation: decided },
          repair: { found: 'determined', equations: [text], restsOn: [text] },
        },
      ],
    },
    ties: {
      total: 1,
      kinds: { foot: { 'does-not-tie': 1 } },
      remarkable: [
        {
          ...{
            id: text,
            kind: 'foot',
            state: 'does-not-tie',
            about: [text],
            equation: text,
            unit: text,
            why: text,
          },
          ...{ left: '1', right: '2', difference: '-1', note: text },
          ...{ explanation: { cause: text, ...decided }, causes: [{ name: text, text }] },
        },
      ],
    },
    coverage: {
      figures: 1,
      facts: 1,
      crossChecked: 1,
      selfSupporting: 0,
      rounded: 0,
      untested: 0,
      rank: 1,
      redundancy: 0,
    },
    waiting: [{ figure: text, found: 'determined', equations: [], restsOn: [] }],
    stale: [{ subject: text, cause: text, ...decided, found: text }],
    shown: text,
    notShown: [text],
    reproduce: [text],
  } as const;
  const record: unknown = { ...body, sha256: sha256(canonical(body)) };
  return record as SealedRecord;
}

const tags = (page: string): readonly string[] => page.match(/<[^>]*>/g) ?? [];

test('no text of a book becomes a tag, an attribute or an entity', () => {
  const plain = tags(recordToHtml(recordWith('plain')));
  const marks = fc.string({
    unit: fc.constantFrom('<', '>', '&', '"', "'", 'a', '/', ' ', 'script', '-->', '</style>'),
    minLength: 1,
  });
  fc.assert(
    fc.property(marks, (text) => {
      expect(tags(recordToHtml(recordWith(text)))).toEqual(plain);
    }),
  );
  expect(recordToHtml(recordWith('&lt;'))).toContain('&amp;lt;');
});

test('the page fetches nothing, runs nothing, and repeats its head on every sheet', () => {
  const page = recordToHtml(recordWith('plain'));
  expect(page).not.toMatch(/<script|<link|<img|https?:|url\(|@import/);
  expect(page).toMatch(/<table class="page"><thead>/);
  expect(page).toMatch(/@page \{ size: A4/);
  expect(page).toContain('✗&nbsp;does not tie');
});
