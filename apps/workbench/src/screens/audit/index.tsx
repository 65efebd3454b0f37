/**
 * The audit board: what was found, by cause; how much of what is published ties reach; and what people have decided about it.
 */
import type { CheckDocument } from '@tieout/documents';
import { StateMark, type AnyState } from '@tieout/views';
import { go, hrefTo, Loaded, Screen, useBook, useDocument, useLive, usePlace } from '../../shell';
import { CoverageMap } from './coverage';
import { Findings } from './findings';
import { Proposals } from './proposals';
import { SelfTest } from './self-test';
import { TieList } from './tie-list';
import './audit.css';

export default function Audit() {
  const place = usePlace();
  const { since } = place.search;
  const asked = useDocument<CheckDocument>('check', { since });
  const listed = ['kind', 'state', 'statement', 'q'].some((name) => place.search[name] !== undefined);
  return (
    <Screen
      title="Audit board"
      command={since === undefined ? 'check' : `check --since ${since}`}
      request="check"
      params={{ since }}
      actions={<SelfTest />}
    >
      <Loaded of={asked}>
        {(check) => (
          <div className="audit">
            <Verdict check={check} since={since} />
            {listed && <TieList />}
            <Findings check={check} />
            <Proposals />
            <CoverageMap />
          </div>
        )}
      </Loaded>
    </Screen>
  );
}

const states: readonly (readonly [AnyState, Exclude<keyof CheckDocument['counts'], 'total'>])[] = [
  ['does-not-tie', 'doesNotTie'],
  ['explained', 'explained'],
  ['repaired', 'repaired'],
  ['within-rounding', 'withinRounding'],
  ['ties', 'ties'],
  ['not-run', 'notRun'],
];

/** How the ties stand, each count a link to the ties behind it. */
function Verdict({ check, since }: { readonly check: CheckDocument; readonly since: string | undefined }) {
  const place = usePlace();
  const { counts, result } = check;
  const { revision } = useLive();
  const book = useBook();
  const said =
    result === 'ties' ? 'Every tie holds, or a recorded reason says why not' : 'Some ties do not hold';
  return (
    <section className="verdict panel" aria-label="How the ties stand">
      <p className={`said ${result}`} role="status">
        {said}
      </p>
      {book && (
        <p className="muted" data-plain="">
          {book.entity} · {book.title} · {book.basis} · rev{' '}
          {place.search['knownAt'] ?? revision ?? book.revision}
        </p>
      )}
      <ul className="counts">
        {states.map(([state, name]) => (
          <li key={state} className={counts[name] === 0 ? 'none' : undefined}>
            <a href={hrefTo(place, { search: { state, kind: undefined, statement: undefined } })}>
              <StateMark state={state} word />
              <strong>{counts[name].toLocaleString('en')}</strong>
            </a>
          </li>
        ))}
      </ul>
      <form
        className="row since"
        onSubmit={(event) => {
          event.preventDefault();
          const position = new FormData(event.currentTarget).get('since');
          go({ search: { since: typeof position === 'string' ? position : undefined } });
        }}
      >
        <label>
          {counts.total.toLocaleString('en')} ties run at rev{' '}
          <span data-plain="">{place.search['knownAt'] ?? revision}</span>
          {since === undefined
            ? '. Only what entries moved since rev '
            : ', of what entries moved since rev '}
          <input
            key={since}
            name="since"
            inputMode="numeric"
            pattern="[0-9]*"
            size={6}
            defaultValue={since}
            data-plain=""
          />
        </label>
        <button type="submit" className="button">
          Tick again
        </button>
        {since !== undefined && <a href={hrefTo(place, { search: { since: undefined } })}>all ties</a>}
      </form>
      {since !== undefined && /^\d+$/.test(since) && <SinceThen since={since} again={counts.total} />}
    </section>
  );
}

/** What came of it since a revision: breaks that are gone, and breaks that are new, among all ties. */
function SinceThen({ since, again }: { readonly since: string; readonly again: number }) {
  const { data: then } = useDocument<CheckDocument>('check', { knownAt: since });
  const { data: now } = useDocument<CheckDocument>('check');
  if (!then || !now) return null;
  const breaks = ({ findings }: CheckDocument): ReadonlySet<string> =>
    new Set(findings.flatMap(({ tie, state }) => (state === 'does-not-tie' ? [tie] : [])));
  const [before, after] = [breaks(then), breaks(now)];
  const count = (of: ReadonlySet<string>, not: ReadonlySet<string>): string =>
    [...of].filter((tie) => !not.has(tie)).length.toLocaleString('en');
  return (
    <p role="status">
      Since rev <span data-plain="">{since}</span>: {again.toLocaleString('en')} ticked again,{' '}
      {count(before, after)} breaks gone, {count(after, before)} new.
    </p>
  );
}
