/**
 * The events around the position, a page of them, in log order: grouped by what they are, by day, or one by one. What comes
 * after the position is there too, muted: it was not known then.
 */
import type { LogDocument, LogLineDocument } from '@tieout/documents';
import { Amount } from '@tieout/views';
import { useEffect, useRef } from 'react';
import { go, hrefTo, Loaded, selecting, useDocument, usePlace } from '../../shell';

/** Events on a page. */
const PAGE = 50;

/** A pause in recording that is worth a line: an hour. */
const PAUSE_MS = 3_600_000;

const groupings = { event: 'one by one', type: 'by type', day: 'by day' } as const;
type Grouping = keyof typeof groupings;

export function Events({ position, head }: { readonly position: number; readonly head: number }) {
  const place = usePlace();
  const first = Math.floor(Math.max(0, position - 1) / PAGE) * PAGE;
  const grouping: Grouping =
    (Object.keys(groupings) as Grouping[]).find((each) => each === place.search['group']) ?? 'event';
  const asked = useDocument<LogDocument>('log', {
    after: first === 0 ? undefined : first - 1,
    limit: PAGE,
    ...{ knownAt: undefined, at: undefined, period: undefined },
  });
  return (
    <section className="panel timeline-events" aria-label="Events">
      <div className="toolbar">
        <label className="row">
          Group
          <select
            value={grouping}
            onChange={({ target }) => go({ search: { group: target.value } }, { replace: true })}
          >
            {Object.entries(groupings).map(([id, label]) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <span className="muted" data-plain="">
          events {first} to {Math.min(first + PAGE, head) - 1}
        </span>
      </div>
      <Loaded of={asked}>
        {({ lines, amounts }) => (
          <div className="scroll" tabIndex={0}>
            <table className="table">
              <caption className="vh">Events of the log, amounts in {amounts}</caption>
              {groupsOf(lines, grouping).map(({ title, lines: some }) => (
                <tbody key={title === undefined ? 'all' : `${title}-${some[0]?.position}`}>
                  {title !== undefined && (
                    <tr>
                      <th colSpan={3} scope="rowgroup" data-plain="">
                        {title} <span className="muted">({some.length})</span>
                      </th>
                    </tr>
                  )}
                  {some.map((line, index) => (
                    <Row
                      key={line.position}
                      line={line}
                      pause={grouping === 'event' ? pauseBefore(line, some[index - 1]) : undefined}
                      state={stateOf(line, position)}
                      named={grouping !== 'type'}
                    />
                  ))}
                </tbody>
              ))}
            </table>
          </div>
        )}
      </Loaded>
      <nav className="toolbar" aria-label="Pages of events">
        {first > 0 && <a href={hrefTo(place, { search: { knownAt: String(first) } })}>earlier</a>}
        {first + PAGE < head && (
          <a href={hrefTo(place, { search: { knownAt: String(Math.min(first + PAGE + 1, head)) } })}>later</a>
        )}
      </nav>
    </section>
  );
}

type RowState = 'known' | 'last' | 'unknown';

const stateOf = ({ position: at }: LogLineDocument, position: number): RowState =>
  at === position - 1 ? 'last' : at < position ? 'known' : 'unknown';

interface EventRow {
  readonly line: LogLineDocument;
  readonly pause: string | undefined;
  readonly state: RowState;
  /** Whether what happened is said here, and not above. */
  readonly named: boolean;
}

function Row({ line, pause, state, named }: EventRow) {
  const place = usePlace();
  const { position, event, subject, text, amount } = line;
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (state === 'last' && row.current) scrollTo(row.current);
  }, [state]);
  return (
    <>
      {pause !== undefined && (
        <tr className="pause">
          <td colSpan={3} data-plain="">
            {pause}
          </td>
        </tr>
      )}
      <tr ref={row} className={state} aria-current={state === 'last' ? 'step' : undefined}>
        <td className="value" data-plain="">
          <a href={hrefTo(place, { search: { knownAt: String(position + 1) } })} title="the books after it">
            {position}
          </a>
        </td>
        <th scope="row">
          <span data-plain="">
            {amount === undefined ? subject : <a href={selecting(place, { entry: subject })}>{subject}</a>}
          </span>{' '}
          <span className="muted">{text}</span>
          {named && (
            <span className="from muted" data-plain="">
              {event}
            </span>
          )}
        </th>
        <td className="value">{amount !== undefined && <Amount value={amount} />}</td>
      </tr>
    </>
  );
}

/** Within its own list: the page stays where the reader has it. */
function scrollTo(row: HTMLElement): void {
  const list = row.closest('.scroll');
  if (!list) return;
  const [{ top, bottom }, shown] = [row.getBoundingClientRect(), list.getBoundingClientRect()];
  if (top < shown.top) list.scrollTop -= shown.top - top;
  else if (bottom > shown.bottom) list.scrollTop += bottom - shown.bottom;
}

interface Group {
  readonly title?: string;
  readonly lines: readonly LogLineDocument[];
}

/** By type: each type once, in the order of its first event. By day: the days that entries are dated, in log order. */
function groupsOf(lines: readonly LogLineDocument[], grouping: Grouping): readonly Group[] {
  if (grouping === 'event') return [{ lines }];
  const groups = new Map<string, LogLineDocument[]>();
  for (const line of lines) {
    const title =
      grouping === 'type' ? line.event : (line.date ?? `recorded ${line.recordedAt.slice(0, 10)}`);
    groups.set(title, [...(groups.get(title) ?? []), line]);
  }
  return [...groups].map(([title, some]) => ({ title, lines: some }));
}

/** Idle time is folded to a line: "3 days later". */
function pauseBefore(line: LogLineDocument, before: LogLineDocument | undefined): string | undefined {
  if (!before) return undefined;
  const ms = Date.parse(line.recordedAt) - Date.parse(before.recordedAt);
  if (ms < PAUSE_MS) return undefined;
  const hours = Math.round(ms / PAUSE_MS);
  return hours < 48 ? `${hours} hours later` : `${Math.round(hours / 24)} days later`;
}
