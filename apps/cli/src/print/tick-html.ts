/**
 * A ticked document as one HTML file: no script, nothing fetched, the same bytes for the same document and log.
 *
 * Every number of the text is a link: to its proof at the end, or to what its mark means. Two views stand in the file: as
 * scanned, line by line with ghosts struck through and reasons given, and as repaired, where the tables are the
 * statements' own rows and what was put back stands in angle quotes. Every text is escaped.
 */
import { markNames, whyOf } from '@tieout/answers';
import type { TickedDocument, TickedLine, TickedNumber } from '@tieout/proof';
import { countMarks, markNamed, markOf } from './tick-marks';
import {
  anchorOf,
  escaped,
  isBreak,
  isOpen,
  putBack,
  sign,
  type Anchors,
  type Drawing,
  type Restored,
  type TickPage,
} from './tick-parts';
import { proofHtml } from './tick-proof';
import { statementHtml } from './tick-statement';
import { coverageOf, smears } from './tick-text';
import { tickStyle } from './tick-style';

function numberHtml(number: TickedNumber, anchors: Anchors): string {
  const mark = markOf(number);
  const about = number.claim ?? number.figure;
  const target = (about === undefined ? undefined : anchors.get(about)) ?? `k-${mark.name}`;
  const value = `<span class="v">${escaped(number.token.text)}</span>`;
  return `<a class="n ${mark.name}" id="${anchorOf(number)}" href="#${target}" title="${escaped(number.reason)}">${value}${sign(mark)}</a>`;
}

/** Text between numbers, with cells told apart. */
const betweenHtml = (text: string): string =>
  text
    .split(/(\t+)/)
    .map((part) =>
      part.startsWith('\t') ? '<span class="sep"> │ </span>' : escaped(part.replace(/<\/?i>/g, '')),
    )
    .join('');

/** A line with its marks; what smeared into it is one span, to be read past. */
function textHtml({ text, numbers }: TickedLine, anchors: Anchors): string {
  const runs = smears(numbers);
  let at = 0;
  let end: number | undefined;
  let html = '';
  for (const number of numbers) {
    html += betweenHtml(text.slice(at, number.token.start));
    const run = runs.get(number);
    if (run) {
      html += '<span class="smear">';
      end = run.end;
    }
    html += numberHtml(number, anchors);
    at = number.token.end;
    if (at === end) html += '</span>';
  }
  return html + betweenHtml(text.slice(at).replace(/\t+$/, ''));
}

function whyHtml(line: TickedLine, restored: readonly Restored[], anchors: Anchors, page: TickPage): string {
  const said = line.numbers.filter(
    (number) =>
      number.state === 'ghost' ||
      number.state === 'repaired' ||
      isBreak(number) ||
      (number.state === 'untested' && line.isRow),
  );
  const items = [
    ...said.map((number) => {
      const mark = markOf(number);
      const rejected = number.state === 'ghost' ? 'rejected' : mark.word;
      const why = whyOf(number, page.held.get(number.claim ?? number.figure ?? ''));
      return `<b>${mark.glyph} ${escaped(number.token.text)}</b> ${rejected}: ${escaped(why)}`;
    }),
    ...restored.map(({ stated: { figure } }) => {
      const how =
        figure.reading === 'repaired'
          ? 'lost in the scan; its equations give it'
          : 'lost in its row; read from a smeared copy';
      return `<a class="put" href="#${anchors.get(figure.id) ?? 'k-repaired'}">◇ ${putBack(figure.published)}</a> repaired: <code>${escaped(figure.id)}</code>, ${how}`;
    }),
  ];
  return items.length === 0 ? '' : `<ul class="why">${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}

function lineHtml(line: TickedLine, scanOnly: boolean, { anchors, restored, page }: Drawing): string {
  const lost = restored.get(line.number) ?? [];
  const classes = ['l', line.isRow ? 'row' : 'prose'];
  if (scanOnly) classes.push('scan');
  if (line.numbers.some(isBreak)) classes.push('finding');
  if (line.numbers.some(isOpen)) classes.push('open');
  if (
    lost.length > 0 ||
    line.numbers.some(({ state }) => state === 'ghost' || state === 'smeared' || state === 'repaired')
  )
    classes.push('mended');
  const number = `<a class="no" href="#L${line.number}"><span class="vh">line </span>${line.number}</a>`;
  return `<div class="${classes.join(' ')}" id="L${line.number}">${number}<div class="t">${textHtml(line, anchors)}${whyHtml(line, lost, anchors, page)}</div></div>`;
}

/** The document: sentences as they are, runs of table lines in both views. */
function documentHtml(document: TickedDocument, drawing: Drawing): string {
  const html: string[] = [];
  let run: TickedLine[] = [];
  const close = (): void => {
    const owned = run.some(({ statement, opens }) => statement !== undefined || opens !== undefined);
    if (owned)
      for (const { opens } of run)
        if (opens !== undefined) html.push(statementHtml(document.lines, opens, drawing));
    html.push(...run.map((line) => lineHtml(line, owned, drawing)));
    run = [];
  };
  for (const line of document.lines) {
    if (line.text.trim() === '') continue;
    if (line.isRow) run.push(line);
    else {
      close();
      html.push(lineHtml(line, false, drawing));
    }
  }
  close();
  return html.join('\n');
}

function legendHtml(document: TickedDocument): string {
  const counts = new Map(
    countMarks(document.lines.flatMap(({ numbers }) => numbers)).map(({ mark, count }) => [mark.name, count]),
  );
  const items = markNames.map((name) => {
    const mark = markNamed(name);
    return `<li id="k-${name}"><span class="g ${name}" aria-hidden="true">${mark.glyph || '·'}</span><b>${(counts.get(name) ?? 0).toLocaleString('en-GB')}</b><span>${mark.word}</span></li>`;
  });
  return `<ul class="counts" aria-label="Numbers by state">${items.join('')}</ul>`;
}

const radio = (name: string, id: string, label: string, checked = false): string =>
  `<label><input type="radio" name="${name}" id="${id}"${checked ? ' checked' : ''}>${label}</label>`;

/** The whole page. */
export function tickHtml(document: TickedDocument, page: TickPage): string {
  const numbers = document.lines.flatMap((line) => line.numbers);
  const numbersOf = new Map<string, TickedNumber[]>();
  const anchors = new Map<string, string>();
  const name = (id: string): void => void (anchors.has(id) || anchors.set(id, `f${anchors.size + 1}`));
  for (const number of numbers) {
    const about = number.claim ?? number.figure;
    if (about === undefined) continue;
    name(about);
    if (number.state !== 'ghost' && number.state !== 'smeared')
      numbersOf.set(about, [...(numbersOf.get(about) ?? []), number]);
  }
  for (const { stated } of document.restored) name(stated.figure.id);
  const restored = new Map<number, Restored[]>();
  for (const each of document.restored) restored.set(each.line, [...(restored.get(each.line) ?? []), each]);
  const drawing: Drawing = { page, anchors, numbersOf, restored };
  const failing = numbers.filter((number) => isBreak(number) && number.figureState !== 'explained').length;
  const explained = numbers.filter(isBreak).length - failing;
  const amounts = coverageOf(numbers);
  const { entity, title } = page.book;
  const but = explained === 0 ? '' : `, or a recorded reason says why not (${explained})`;
  const headline =
    failing === 0
      ? `Every tied number ties${but}`
      : `${failing} ${failing === 1 ? 'number does' : 'numbers do'} not tie`;
  const foot = `${entity} · ${title} · revision ${page.revision} · ${page.name} sha256 ${page.sha256.slice(0, 16)}`;
  const footCss = foot.replace(/[\\"]/g, '\\$&').replace(/</g, '\\3c ');
  const running = `@page { @bottom-left { content: "${footCss}"; font: 7pt system-ui; } @bottom-right { content: counter(page) " / " counter(pages); font: 7pt system-ui; } }`;
  const proofs = [...anchors].map(([id, anchor]) => proofHtml(id, anchor, drawing));
  const lost = [
    ...document.notFound.map(({ figure }) => `${figure.id} ${figure.text}`),
    ...document.claimsNotFound.map(({ claim }) => `${claim.text}: ${claim.why}`),
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`${entity}: ${page.name}, ticked`)}</title>
<style>${tickStyle}${running}</style></head><body>
<header><p class="muted">${escaped(entity)} · ${escaped(title)}</p><h1>${headline}</h1>
<p>${escaped(page.name)}: ${numbers.length.toLocaleString('en-GB')} numbers on ${document.lines.length.toLocaleString('en-GB')} lines. Of ${amounts.amounts.toLocaleString('en-GB')} amounts ${amounts.held.toLocaleString('en-GB')} (${amounts.percent}) are held against ${escaped(page.basis)}; the rest say why not. ${document.restored.length} cells that the scan lost are put back.</p>
${legendHtml(document)}
<p class="muted">A number is tied because of where it stands, never because digits agree. The entries are reconstructed from the disclosures: shown is whether the published figures contradict each other, not that the entries happened.</p></header>
<div class="bar"><div><fieldset><legend>View&nbsp;</legend>${radio('v', 'v-scan', 'as scanned', true)}${radio('v', 'v-fixed', 'as repaired')}</fieldset><fieldset><legend>Show&nbsp;</legend>${radio('s', 's-all', 'all', true)}${radio('s', 's-finding', `✗ ⊘ does not tie (${failing + explained})`)}${radio('s', 's-repaired', '◇ mended')}${radio('s', 's-open', '□ untied')}</fieldset></div></div>
<main><h2>The document</h2><div class="doc">
${documentHtml(document, drawing)}
</div>
<h2>Proofs</h2><p class="muted">Figures and claims in the order in which the document prints them.</p>
<div class="proofs">
${proofs.join('\n')}
</div>
${lost.length === 0 ? '' : `<h2>Not found in the document</h2><ul>${lost.map((text) => `<li>${escaped(text)}</li>`).join('')}</ul>`}
</main><footer class="muted"><p>${escaped(foot)}</p></footer>
</body></html>
`;
}
