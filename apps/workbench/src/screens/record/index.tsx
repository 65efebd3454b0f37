/**
 * The reproducibility record, as a page to print: what was held against what, what came of it, how anyone finds the same, and
 * in words what it does not show. It is of the whole log, whatever day or position the reader looks at.
 */
import type { RecordDocument } from '@tieout/documents';
import { StateMark, stateWord } from '@tieout/views';
import { Loaded, Screen, selecting, useDocument, usePlace } from '../../shell';
import { FigureKept, TieKept } from './kept';
import { VerifyRecord } from './verify';
import './record.css';

const wholeLog = { at: undefined, knownAt: undefined, period: undefined };

export default function RecordScreen() {
  const asked = useDocument<RecordDocument>('record', wholeLog);
  return (
    <Screen
      title="Reproducibility record"
      command="record"
      ofWholeLog
      request="record"
      params={wholeLog}
      actions={
        <>
          {asked.data && <Save record={asked.data} />}
          <button type="button" className="button" onClick={() => print()}>
            Print
          </button>
          <VerifyRecord />
        </>
      }
    >
      <Loaded of={asked}>{(record) => <Page record={record} />}</Loaded>
    </Screen>
  );
}

/** What is saved is what `tieout record verify FILE` takes. */
function Save({ record }: { readonly record: RecordDocument }) {
  const save = (): void => {
    const url = URL.createObjectURL(new Blob([`${JSON.stringify(record)}\n`], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${record.book.id}-record.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };
  return (
    <button type="button" className="button" onClick={save}>
      Save as JSON
    </button>
  );
}

function Page({ record }: { readonly record: RecordDocument }) {
  const place = usePlace();
  const { book, source, log, tool, columns, figures, ties, coverage, waiting, stale } = record;
  return (
    <article className="record panel">
      <header>
        <p className="entity">{book.entity}</p>
        <p className="muted">
          {book.title} · of the whole log, <span data-plain="">rev {log.length}</span>
        </p>
        <p className="result">
          {record.result === 'no-findings'
            ? 'No findings: every tie holds, or a recorded reason says why not.'
            : 'Findings: something does not tie, or waits for a person.'}
        </p>
      </header>
      <dl className="marks" data-plain="">
        <Hash name="This record" value={record.sha256} />
        <Hash name={`Log: ${log.length} events, ${log.entries} entries`} value={log.head} />
        <Hash name={`Book: ${book.files.length} files`} value={book.sha256} />
        {source && (
          <Hash name={`Source: ${source.title}`} value={source.sha256 ?? 'its hash is not recorded'} />
        )}
        <Hash name="Tool" value={`${tool.name} ${tool.version}`} />
      </dl>

      <h2>What it shows, and what it does not</h2>
      <p>{record.shown}</p>
      <p>It does not show:</p>
      <ul>
        {record.notShown.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>

      <h2>Columns</h2>
      <table className="table">
        <caption className="vh">Periods of the record, and whether they were audited</caption>
        <thead>
          <tr>
            <th scope="col">Period</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">Audit</th>
          </tr>
        </thead>
        <tbody data-plain="">
          {columns.map(({ period, label, from, to, audit }) => (
            <tr key={period}>
              <th scope="row">{label}</th>
              <td>{from}</td>
              <td>{to}</td>
              <td>{audit}</td>
            </tr>
          ))}
        </tbody>
      </table>

      <h2>Figures: {figures.total.toLocaleString('en')}</h2>
      <States states={figures.states} />
      <p>
        Of {coverage.facts.toLocaleString('en')} facts {coverage.crossChecked.toLocaleString('en')} are
        cross-checked, {coverage.selfSupporting.toLocaleString('en')} self-supporting,{' '}
        {coverage.rounded.toLocaleString('en')} rounded and {coverage.untested.toLocaleString('en')} untested;{' '}
        {coverage.redundancy.toLocaleString('en')} equations beyond the {coverage.rank.toLocaleString('en')}{' '}
        that the entries need could have contradicted them.
      </p>

      <h2>Ties: {ties.total.toLocaleString('en')}</h2>
      <Kinds kinds={ties.kinds} />

      <h2>Figures that do not plainly tie</h2>
      <ul className="plain kept">
        {figures.remarkable.map((figure) => (
          <FigureKept key={figure.id} figure={figure} />
        ))}
      </ul>
      <h2>Their ties</h2>
      <ul className="plain kept">
        {ties.remarkable.map((tie) => (
          <TieKept key={tie.id} tie={tie} />
        ))}
      </ul>
      {waiting.length > 0 && (
        <>
          <h2>Readings that wait for a person</h2>
          <ul className="plain kept">
            {waiting.map(({ figure, found, equations }) => (
              <li key={figure}>
                <a href={selecting(place, { figure })} data-plain="">
                  {figure}
                </a>{' '}
                {found}: <span data-plain="">{equations.join(', ') || 'no equation gives it'}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {stale.length > 0 && (
        <>
          <h2>Explanations of what ties, or is not there</h2>
          <ul className="plain kept">
            {stale.map(({ subject, found, reason }) => (
              <li key={subject}>
                <code data-plain="">{subject}</code>: {found}. {reason}
              </li>
            ))}
          </ul>
        </>
      )}

      <h2>To find the same</h2>
      <pre data-plain="" tabIndex={0}>
        {record.reproduce.join('\n')}
      </pre>
    </article>
  );
}

function Hash({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code>
      </dd>
    </div>
  );
}

const states = ['does-not-tie', 'explained', 'repaired', 'within-rounding', 'ties', 'untested'] as const;

function States({ states: counted }: { readonly states: RecordDocument['figures']['states'] }) {
  return (
    <div className="scroll" role="region" aria-label="Figures by state and basis" tabIndex={0}>
      <table className="table">
        <caption className="vh">Figures by state and basis</caption>
        <thead>
          <tr>
            <th scope="col">State</th>
            {['All', 'Cross-checked', 'Self-supporting', 'Rounded'].map((head) => (
              <th scope="col" className="value" key={head}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {states.flatMap((state) => {
            const own = counted[state];
            if (!own) return [];
            return (
              <tr key={state}>
                <th scope="row">
                  <StateMark state={state} word />
                </th>
                {[own.total, own['cross-checked'], own['self-supporting'], own.rounded].map(
                  (count, index) => (
                    <td className="value" key={index}>
                      {count.toLocaleString('en')}
                    </td>
                  ),
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const tieStates = ['does-not-tie', 'explained', 'repaired', 'within-rounding', 'ties', 'not-run'] as const;

function Kinds({ kinds }: { readonly kinds: RecordDocument['ties']['kinds'] }) {
  const all = Object.entries(kinds).filter(([, counts]) => Object.keys(counts).length > 0);
  const shown = tieStates.filter((state) => all.some(([, counts]) => counts[state] !== undefined));
  return (
    <div className="scroll" role="region" aria-label="Ties by kind and state" tabIndex={0}>
      <table className="table">
        <caption className="vh">Ties by kind and state</caption>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            {shown.map((state) => (
              <th scope="col" className="value" key={state}>
                {stateWord(state)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {all.map(([kind, counts]) => (
            <tr key={kind}>
              <th scope="row">{kind}</th>
              {shown.map((state) => (
                <td className="value" key={state}>
                  {(counts[state] ?? 0).toLocaleString('en')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
