/**
 * The proofs at the end of a ticked page: of each figure and claim, what it says, what it was held against, where it
 * stands.
 */
import { formatAmount } from '@tieout/money';
import { markNamed } from './tick-marks';
import { anchorOf, escaped, putBack, type Drawing } from './tick-parts';

const stateClass: Readonly<Record<string, string>> = {
  ties: 'p-ties',
  'within-rounding': 'p-rounded',
  repaired: 'p-repaired',
  'does-not-tie': 'p-fail',
  explained: 'p-rounded',
};

/** One figure or claim: what it says, what it was held against, where it stands. */
export function proofHtml(id: string, anchor: string, { page, numbersOf }: Drawing): string {
  const held = page.held.get(id);
  const claim = page.claims.get(id);
  const places = (numbersOf.get(id) ?? []).map(
    (number) => `<a href="#${anchorOf(number)}">line ${number.token.line + 1}</a>`,
  );
  const where = places.length === 0 ? 'not in the text: put back' : `printed on ${places.join(', ')}`;
  if (!held) {
    const text = claim ? `${claim.text}: ${claim.why}` : '';
    return `<article class="proof" id="${anchor}"><p><span class="id">${escaped(claim?.text ?? id)}</span> <span class="st">□ nothing in the document reaches it</span></p><p class="muted">${escaped(text)}</p><p class="muted">${where}</p></article>`;
  }
  const { figure, state, replayed, difference, note, ties } = held;
  const mark = markNamed(state);
  const facts = [
    `printed ${escaped(figure.text || 'nothing that can be read')}${figure.reading === 'repaired' ? `, repaired to ${putBack(figure.published)}` : ''}`,
    `the entries give ${replayed === undefined ? 'no value' : escaped(formatAmount(replayed))} (${escaped(figure.unit)})`,
    ...(difference === undefined ? [] : [`difference ${escaped(formatAmount(difference))}`]),
    ...(note === undefined ? [] : [escaped(note)]),
    ...(claim === undefined || claim.why === '' ? [] : [escaped(claim.why)]),
  ];
  const because =
    figure.because === undefined
      ? ''
      : `<p class="muted">because <code>${escaped(figure.because)}</code></p>`;
  const shown = ties.filter(({ state: each }) => each !== 'not-run').slice(0, 8);
  const tiesHeld = shown.map(
    ({ tie, state: each }) =>
      `${markNamed(each === 'not-run' ? 'untested' : each).glyph} <code>${escaped(tie.id)}</code>`,
  );
  const more = ties.length > shown.length ? ` and ${ties.length - shown.length} more` : '';
  const tieText =
    tiesHeld.length === 0 ? '' : `<p class="muted ties">ties: ${tiesHeld.join(' · ')}${more}</p>`;
  const fine = state === 'ties' || state === 'within-rounding' ? ' fine' : '';
  return `<article class="proof${fine}" id="${anchor}"><p><span class="id">${escaped(claim ? claim.text : figure.label)}</span> <span class="st ${stateClass[state] ?? ''}">${mark.glyph} ${mark.word}</span> <code class="muted">${escaped(claim ? figure.fact : id)}</code></p><p>${facts.join(' · ')}</p><p class="muted">${where}</p>${because}${tieText}</article>`;
}
