/**
 * The reproducibility record as a page to print and keep: one HTML file, no script, nothing fetched.
 *
 * The page is one table, because a table's head is what browsers repeat on every sheet: entity, log head and the
 * record's own hash stand on each. Every text is escaped. The same record gives the same bytes.
 */
import { stateGlyph, tieStates, type FigureState, type SealedRecord, type TieState } from '@tieout/proof';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

const words: Readonly<Record<FigureState | TieState, string>> = {
  ties: 'ties',
  'within-rounding': 'within rounding',
  repaired: 'repaired',
  'does-not-tie': 'does not tie',
  explained: 'explained',
  untested: 'not tested',
  'not-run': 'not run',
};
const isState = (state: string): state is FigureState | TieState => Object.hasOwn(words, state);
const stateText = (state: string): string => {
  if (!isState(state)) return escaped(state);
  return `${state === 'not-run' ? '○' : stateGlyph[state]}&nbsp;${words[state]}`;
};

const table = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numbersFrom = head.length,
): string => {
  const cells = (name: string, row: readonly string[]): string =>
    row
      .map((cell, column) => `<${name}${column >= numbersFrom ? ' class="n"' : ''}>${cell}</${name}>`)
      .join('');
  const body = rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('\n');
  return `<table class="data"><thead><tr>${cells('th', head)}</tr></thead>\n<tbody>${body}</tbody></table>`;
};

const list = (items: readonly string[]): string =>
  `<ul>${items.map((item) => `<li>${item}</li>`).join('\n')}</ul>`;

interface Decided {
  readonly actor: string;
  readonly recordedAt: string;
  readonly reason: string;
}
const decidedText = (what: string, { actor, recordedAt, reason }: Decided): string =>
  `${what} by ${escaped(actor)} on ${escaped(recordedAt)}: ${escaped(reason)}`;

type Figure = SealedRecord['figures']['remarkable'][number];
type Tie = SealedRecord['ties']['remarkable'][number];

/** A line of small print, left out where there is nothing to say. */
const small = (...texts: readonly (string | undefined)[]): string =>
  texts.flatMap((text) => (text === undefined ? [] : [`<div class="small">${text}</div>`])).join('');

function figureRow(figure: Figure): readonly string[] {
  const { repair, confirmation, because } = figure;
  const told = small(
    escaped(
      `${figure.statement}, line ${figure.sourceLine}, ${figure.unit}, printed ${figure.text || 'nothing that can be read'}`,
    ),
    because === undefined ? undefined : `because ${escaped(because)}`,
    repair &&
      `${escaped(repair.found)}, touched by ${repair.equations.map(escaped).join('; ') || 'no equation'}`,
    confirmation && decidedText('confirmed', confirmation),
    figure.note === undefined ? undefined : escaped(figure.note),
    figure.ties.length === 0 ? undefined : `ties: ${figure.ties.map(escaped).join('; ')}`,
  );
  return [
    stateText(figure.state),
    `<code>${escaped(figure.id)}</code><div>${escaped(figure.label)}</div>${told}`,
    escaped(figure.published),
    escaped(figure.replayed ?? 'n.d.'),
    escaped(figure.difference ?? ''),
  ];
}

function tieRow(tie: Tie): readonly string[] {
  const { explanation, causes } = tie;
  const told = small(
    tie.equation === undefined ? undefined : escaped(tie.equation),
    tie.why === undefined ? undefined : escaped(tie.why),
    explanation && `${escaped(explanation.cause)}, ${decidedText('explained', explanation)}`,
    causes && causes.length > 0
      ? `probable cause: ${causes.map(({ text }) => escaped(text)).join('; or ')}`
      : undefined,
    tie.note === undefined ? undefined : escaped(tie.note),
  );
  return [
    stateText(tie.state),
    `<code>${escaped(tie.id)}</code>${told}`,
    escaped(tie.kind),
    escaped(tie.left ?? ''),
    escaped(tie.right ?? ''),
    escaped(tie.difference ?? ''),
  ];
}

const style = `
@page { size: A4; margin: 14mm 12mm 16mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif } }
* { box-sizing: border-box }
body { margin: 2rem auto; max-width: 190mm; font: 9.5pt/1.4 Georgia, "Times New Roman", serif; color: #111; background: #fff }
h1 { font-size: 17pt; margin: .6em 0 .2em } h2 { font-size: 12pt; margin: 1.4em 0 .3em; break-after: avoid }
code { font: 8pt/1.3 "DejaVu Sans Mono", Menlo, monospace; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100% } .page > thead td, .page > tbody > tr > td { padding: 0 }
.head { border-bottom: 1px solid #111; padding: 0 0 2mm; margin-bottom: 3mm; font-size: 8pt; display: flex; justify-content: space-between; gap: 6mm }
.data th { text-align: left; white-space: nowrap; font-size: 8pt; border-bottom: 1px solid #111; padding: 1mm 1.5mm; vertical-align: bottom }
.data td { border-bottom: 1px solid #ccc; padding: 1mm 1.5mm; vertical-align: top } .data td:first-child { white-space: nowrap }
.data tr { break-inside: avoid } .data .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.small { font-size: 8pt; color: #333; overflow-wrap: anywhere } dl { display: grid; grid-template-columns: max-content 1fr; gap: .5mm 4mm; margin: 0 } dt { color: #333 } dd { margin: 0 }
.result { font-size: 12pt; border: 1px solid #111; padding: 2mm 3mm; margin: 3mm 0 }
@media print { body { margin: 0; max-width: none } }`;

/** The whole page. */
export function recordToHtml(record: SealedRecord): string {
  const { book, source, log, figures, ties, coverage, columns, tool } = record;
  const facts: readonly (readonly [string, string])[] = [
    ['Book', `${escaped(book.id)}, ${book.files.length} files, sha256 <code>${escaped(book.sha256)}</code>`],
    ...(source
      ? [
          [
            'Source document',
            `${escaped(source.title)}${source.sha256 === undefined ? '' : `, sha256 <code>${escaped(source.sha256)}</code>`}`,
          ] as const,
        ]
      : []),
    [
      'Log',
      `${log.length} events, ${log.entries} reconstructed entries, head <code>${escaped(log.head)}</code>`,
    ],
    ['Tool', escaped(`${tool.name} ${tool.version}`)],
    ['This record', `sha256 <code>${escaped(record.sha256)}</code> over its canonical JSON (RFC 8785)`],
  ];
  const states = Object.entries(figures.states).map(([state, count]) => [
    stateText(state),
    ...[count.total, count['cross-checked'], count['self-supporting'], count.rounded].map(String),
  ]);
  const met = tieStates.filter((state) =>
    Object.values(ties.kinds).some((counts) => (counts[state] ?? 0) > 0),
  );
  const kinds = Object.entries(ties.kinds).map(([kind, counts]) => [
    escaped(kind),
    ...met.map((state) => String(counts[state] ?? 0)),
  ]);
  const doesNotTie = (figures.states['does-not-tie']?.total ?? 0) > 0;
  const findings = record.result === 'findings';
  const result = findings
    ? `${doesNotTie ? '✗' : '○'} Findings: ${figures.states['does-not-tie']?.total ?? 0} figures do not tie, ${record.waiting.length} readings wait for confirmation`
    : `✓ Nothing found: no figure that does not tie is left unexplained; ${figures.states.untested?.total ?? 0} not tested`;
  const none = '<p>None.</p>';
  const body = [
    `<h1>Reproducibility record</h1>`,
    `<p>${escaped(book.entity)}: ${escaped(book.title)}</p>`,
    `<div class="result">${result}</div>`,
    `<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('\n')}</dl>`,
    `<h2>What this shows</h2><p>${escaped(record.shown)}</p>`,
    `<h2>What it does not show</h2>${list(record.notShown.map(escaped))}`,
    `<h2>Columns</h2>${table(
      ['Period', 'From', 'To', 'Audit'],
      columns.map(({ label, from, to, audit }) => [label, from, to, audit].map(escaped)),
    )}`,
    `<h2>${figures.total} published figures</h2>${table(['State', 'Figures', 'Cross-checked', 'Self-supporting', 'Rounded'], states, 1)}`,
    `<h2>${ties.total} ties</h2>${table(['Kind', ...met.map(stateText)], kinds, 1)}`,
    `<h2>Coverage</h2>${table(
      ['Facts', 'Cross-checked', 'Self-supporting', 'Rounded', 'Untested', 'Rank', 'Redundancy'],
      [
        [
          coverage.facts,
          coverage.crossChecked,
          coverage.selfSupporting,
          coverage.rounded,
          coverage.untested,
          coverage.rank,
          coverage.redundancy,
        ].map(String),
      ],
      0,
    )}`,
    `<h2>Figures that do not tie, are explained or repaired</h2>${
      figures.remarkable.length === 0
        ? none
        : table(
            ['State', 'Figure', 'Published', 'Replayed', 'Difference'],
            figures.remarkable.map(figureRow),
            2,
          )
    }`,
    `<h2>Ties that do not hold, are explained or spent on a repair</h2>${
      ties.remarkable.length === 0
        ? none
        : table(['State', 'Tie', 'Kind', 'Left', 'Right', 'Difference'], ties.remarkable.map(tieRow), 3)
    }`,
    ...(record.waiting.length > 0
      ? [
          `<h2>Readings that wait for confirmation</h2>${list(record.waiting.map(({ figure, found }) => `<code>${escaped(figure)}</code> ${escaped(found)}`))}`,
        ]
      : []),
    ...(record.stale.length > 0
      ? [
          `<h2>Explanations of what ties, or is not there</h2>${list(record.stale.map(({ subject, found }) => `<code>${escaped(subject)}</code> ${escaped(found)}`))}`,
        ]
      : []),
    `<h2>To find the same</h2>${list(record.reproduce.map((command) => `<code>${escaped(command)}</code>`))}`,
  ].join('\n');
  const head = `<span>${escaped(book.entity)} · reconstructed entries</span><span>log head ${escaped(log.head.slice(0, 16))}</span><span>record ${escaped(record.sha256.slice(0, 16))}</span>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Reproducibility record: ${escaped(book.id)}</title>
<style>${style}
</style>
</head>
<body>
<table class="page"><thead><tr><td><div class="head">${head}</div></td></tr></thead>
<tbody><tr><td>
${body}
</td></tr></tbody></table>
</body>
</html>
`;
}
