/**
 * The whole book as one page that reads without a script: the statements with their ticks, what their figures changed by,
 * what was found, and every figure followed down to its entries and its lines of the source document. A number leads to the
 * figure, the figure to where it is printed.
 */
import type { ExplainDocument, FindingDocument, ReportDocuments, StatementDocument } from '@tieout/documents';
import { Amount } from '../amount';
import { BridgeFigure } from '../charts/bridge';
import { StateMark } from '../state';
import { StatementTables } from '../statement';
import { reportStyle } from './report-style';

const anchorOf = (fact: string): string => `figure:${fact}`;
const hrefOf = (fact: string): string => `#${encodeURIComponent(anchorOf(fact))}`;

export function Report({ documents }: { readonly documents: ReportDocuments }) {
  const { entity, title, revision, basis, statements, bridges, check, explanations } = documents;
  const known = new Set(explanations.map(({ fact }) => fact));
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta httpEquiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>{`${entity}: ${title}`}</title>
        <style dangerouslySetInnerHTML={{ __html: reportStyle }} />
      </head>
      <body>
        <header>
          <h1>{entity}</h1>
          <p>{title}</p>
          <p className="muted">
            From {basis}, rev {revision}. It proves that the published numbers follow from these entries and
            from each other; not that the entries are true.
          </p>
        </header>
        <nav aria-label="Contents">
          <ul>
            {statements.map((statement) => (
              <li key={statement.id}>
                <a href={`#${statement.id}`}>{statement.title}</a>
              </li>
            ))}
            <li>
              <a href="#findings">Findings</a>
            </li>
            <li>
              <a href="#figures">Figures</a>
            </li>
          </ul>
        </nav>
        <main>
          {statements.map((document) => (
            <Statement key={document.id} {...{ document, bridges, known }} />
          ))}
          <section id="findings">
            <h2>Findings</h2>
            <Counts check={check} />
            {check.findings.map((finding) => (
              <Finding key={`${finding.kind} ${finding.tie}`} finding={finding} known={known} />
            ))}
          </section>
          <section id="figures">
            <h2>Figures</h2>
            <p className="muted">
              Every figure of a statement: where it is printed, what it is built from, and the ties that hold
              it.
            </p>
            {explanations.map((explained) => (
              <Figure key={explained.fact} {...{ explained, known }} />
            ))}
          </section>
        </main>
      </body>
    </html>
  );
}

interface StatementView {
  readonly document: StatementDocument;
  readonly bridges: ReportDocuments['bridges'];
  readonly known: ReadonlySet<string>;
}

function Statement({ document, bridges, known }: StatementView) {
  return (
    <section id={document.id}>
      <h2>{document.title}</h2>
      <StatementTables document={document} hrefOf={(fact) => (known.has(fact) ? hrefOf(fact) : undefined)} />
      {document.undisclosed !== undefined && (
        <p className="muted">n.d.: not disclosed. {document.undisclosed}</p>
      )}
      {bridges
        .filter(({ statement }) => statement === document.id)
        .map((bridge) => (
          <BridgeFigure key={bridge.id} document={bridge} hrefOf={hrefOf} />
        ))}
    </section>
  );
}

function Counts({ check: { counts, coverage } }: { readonly check: ReportDocuments['check'] }) {
  const said = (count: number): string => count.toLocaleString('en');
  return (
    <>
      <p>
        Of {said(counts.total)} ties <StateMark state="ties" /> {said(counts.ties)} hold,{' '}
        <StateMark state="within-rounding" /> {said(counts.withinRounding)} within rounding,{' '}
        <StateMark state="repaired" /> {said(counts.repaired)} with repaired readings,{' '}
        <StateMark state="explained" /> {said(counts.explained)} not, with a recorded reason, and{' '}
        <StateMark state="does-not-tie" /> {said(counts.doesNotTie)} not.
      </p>
      <p>
        Of {said(coverage.figures)} published figures, which are {said(coverage.facts)} facts,{' '}
        {said(coverage.crossChecked)} facts could not be changed alone without a contradiction,{' '}
        {said(coverage.selfSupporting)} could, {said(coverage.rounded)} are printed coarser than the entries,
        and {said(coverage.untested)} are not tested.
      </p>
    </>
  );
}

/** A fact, linked where the page has it. */
const Fact = ({ fact, known }: { readonly fact: string; readonly known: ReadonlySet<string> }) =>
  known.has(fact) ? <a href={hrefOf(fact)}>{fact}</a> : fact;

function Finding({
  finding,
  known,
}: {
  readonly finding: FindingDocument;
  readonly known: ReadonlySet<string>;
}) {
  const { tie, state, subject, unit, difference, because, explanation, note } = finding;
  return (
    <div className="finding">
      <p>
        <StateMark state={state} word /> <Fact fact={subject} known={known} />
        {difference !== undefined && (
          <>
            , difference <Amount value={difference} /> {unit}
          </>
        )}
      </p>
      <p className="muted">{tie}</p>
      {because !== undefined && <p>{because}</p>}
      {explanation && (
        <p>
          Explained by {explanation.actor}: {explanation.reason}
        </p>
      )}
      {note !== undefined && <p className="muted">{note}</p>}
    </div>
  );
}

/** Ties of one figure that are listed; how many more there are is said. */
const TIES = 6;

interface FigureView {
  readonly explained: ExplainDocument;
  readonly known: ReadonlySet<string>;
}

function Figure({ explained, known }: FigureView) {
  const { fact, label, unit, value, state, printed, inputs, builtFrom, ties } = explained;
  return (
    <article className="figure" id={anchorOf(fact)}>
      <h3>
        {label}: <Amount value={value} /> <span className="muted">{unit}</span>{' '}
        <StateMark state={state} word />
      </h3>
      <p className="muted">{fact}</p>
      {printed.length > 0 && (
        <ul aria-label="Where it is printed">
          {printed.map(({ figure, statement, source, state: own, reading, because }) => (
            <li key={figure}>
              {source.line > 0
                ? `line ${source.line}: ${source.text === '' ? '(lost)' : source.text}`
                : 'no line'}
              , <a href={`#${statement}`}>{statement}</a> <StateMark state={own} />
              {reading !== undefined && ` ${reading}`}
              {because !== undefined && <span className="muted"> {because}</span>}
            </li>
          ))}
        </ul>
      )}
      {inputs.length > 0 && (
        <ul aria-label="Made of">
          {inputs.map(({ fact: input, as, value: amount }) => (
            <li key={`${as} ${input}`}>
              {as} <Fact fact={input} known={known} />: <Amount value={amount} />
            </li>
          ))}
        </ul>
      )}
      {builtFrom && (
        <ul aria-label="Built from">
          {builtFrom.opening && (
            <li>
              opening <Fact fact={builtFrom.opening.fact} known={known} />:{' '}
              <Amount value={builtFrom.opening.amount} />
            </li>
          )}
          {builtFrom.movements.map(({ movement, name, amount, entriesInAll, entries }) => (
            <li key={movement}>
              {name}: <Amount value={amount} />{' '}
              <span className="muted">
                {entries.map(({ entry, provenance }) => `${entry} (${provenance.amount})`).join(', ')}
                {entriesInAll !== undefined && ` of ${entriesInAll}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {ties.length > 0 && (
        <p className="muted">
          {ties.slice(0, TIES).map(({ tie, state: held }) => (
            <span key={tie}>
              <StateMark state={held} /> {tie}{' '}
            </span>
          ))}
          {ties.length > TIES && `and ${ties.length - TIES} more`}
        </p>
      )}
    </article>
  );
}
