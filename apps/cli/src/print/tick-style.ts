/**
 * The look of a ticked document: light and dark by the reader's choice, readable at 390 px, and on paper.
 *
 * Nothing needs a script: the views are radio buttons that the style sheet asks. Contrast of every colour on its ground
 * is at least 4.5:1; every state has a sign and a word besides.
 */

export const tickStyle = `
:root { color-scheme: light dark;
  --ground: light-dark(#ffffff, #0f1419); --raised: light-dark(#f6f8fa, #171d24); --edge: light-dark(#d0d7de, #333d47);
  --text: light-dark(#1b1f24, #e6edf3); --muted: light-dark(#57606a, #9aa7b4); --link: light-dark(#0a5dab, #7ab8ff);
  --pass: light-dark(#0b6e4f, #4cc38a); --fail: light-dark(#b42318, #ff8a80); --rounded: light-dark(#7a4f01, #f2b84b);
  --repaired: light-dark(#6941c6, #c3a6ff); --explained: light-dark(#0a5dab, #7ab8ff);
  --fail-ground: light-dark(#fdecea, #3b1a18); --repaired-ground: light-dark(#f4f0fd, #251c3b); }
* { box-sizing: border-box; }
html { scroll-padding-top: 3.5rem; }
body { margin: 0; background: var(--ground); color: var(--text); font: 0.875rem/1.6 system-ui, sans-serif;
  font-variant-numeric: tabular-nums lining-nums; }
header, main, footer { max-width: 72rem; margin: 0 auto; padding: 1rem 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0.5rem 0 0.25rem; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 0.75rem; } h3 { font-size: 1rem; margin: 1.75rem 0 0.5rem; }
p { margin: 0.25rem 0 0.75rem; } .muted { color: var(--muted); } code { font: 0.8125rem ui-monospace, monospace; overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: 0.15em; } a:focus-visible, input:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.counts { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 0.25rem 1.5rem; padding: 0.75rem 1rem; margin: 0 0 1rem;
  background: var(--raised); border: 1px solid var(--edge); border-radius: 0.5rem; list-style: none; }
.counts li { display: flex; gap: 0.6rem; } .counts .g { width: 1rem; text-align: center; flex: none; align-self: start; background: none; border: 0; text-decoration: none; } .counts b { min-width: 2.75rem; text-align: right; flex: none; }
.bar { position: sticky; top: 0; z-index: 2; background: var(--ground); border-block: 1px solid var(--edge); }
.bar > div { max-width: 72rem; margin: 0 auto; padding: 0.4rem 1.25rem; display: flex; flex-wrap: wrap; gap: 0.15rem 2rem; }
fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: center; min-inline-size: 0; }
legend { float: left; padding: 0; color: var(--muted); } label { display: inline-flex; gap: 0.35rem; align-items: center; min-height: 1.75rem; cursor: pointer; }
input { accent-color: var(--link); margin: 0; }
.l { display: grid; grid-template-columns: 3.25rem minmax(0, 1fr); gap: 0 0.75rem; padding: 0.1rem 0; }
.l:target, .n:target { background: light-dark(#fff3bf, #4a3d0a); } .no { color: var(--muted); text-align: right; font: 0.75rem/1.9 ui-monospace, monospace; text-decoration: none; user-select: none; }
.t { overflow-wrap: anywhere; } .prose .t { max-width: 68ch; padding-block: 0.15rem; } .row .t { font: 0.78rem/1.75 ui-monospace, "Cascadia Mono", monospace; white-space: pre-wrap; tab-size: 4; }
.sep { color: var(--edge); user-select: none; }
.n { color: inherit; text-decoration: none; border-bottom: 1px solid transparent; } .n:hover { border-bottom-color: currentColor; } .n .g { font-weight: 700; padding-left: 0.15em; }
.ties .g, .g.ties { color: var(--pass); } .within-rounding .g, .g.within-rounding { color: var(--rounded); } .explained .g, .g.explained { color: var(--explained); } .g.ghost { color: var(--repaired); }
.repaired { color: var(--repaired); } .does-not-tie, .differs { color: var(--fail); background: var(--fail-ground); border-radius: 0.2rem; }
.smear { color: var(--muted); } .ghost, .smeared { color: var(--muted); } .ghost .v, .smeared .v { text-decoration: line-through; } .ghost .g { color: var(--repaired); }
.claim-untied, .untested { border-bottom: 1px dotted var(--muted); } .claim-untied .g, .untested .g { color: var(--muted); }
.label { color: inherit; } .row .label { color: var(--muted); }
.why { margin: 0.1rem 0 0.4rem; padding: 0 0 0 0.75rem; border-left: 2px solid var(--edge); list-style: none; color: var(--muted); font: 0.8125rem/1.5 system-ui, sans-serif; white-space: normal; }
.put { color: var(--repaired); background: var(--repaired-ground); border-radius: 0.2rem; padding: 0 0.15rem; }
.fixed { margin: 0.75rem 0 1.5rem; } .scroll { overflow-x: auto; border: 1px solid var(--edge); border-radius: 0.5rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding: 0.6rem 0.75rem; font-weight: 600; } caption span { font-weight: 400; color: var(--muted); }
th, td { padding: 0.2rem 0.75rem; border-top: 1px solid var(--edge); vertical-align: bottom; } th { text-align: left; font-weight: 400; min-width: 11rem; } thead th { color: var(--muted); font-weight: 600; min-width: 0; }
td { text-align: right; white-space: nowrap; } thead th.num { text-align: right; white-space: normal; overflow-wrap: break-word; } .wide th, .wide td { padding-inline: 0.4rem; font-size: 0.8125rem; } .wide tbody th { min-width: 9rem; } tbody th { position: sticky; left: 0; background: var(--ground); }
tr.subtotal > *, tr.total > * { font-weight: 600; } tr.total td { border-bottom: 3px double var(--text); } td .g { display: inline-block; width: 1.1rem; text-align: center; }
.proof { padding: 0.5rem 0; border-top: 1px solid var(--edge); } .proof:target { background: light-dark(#fff3bf, #4a3d0a); }
.proof .id { font-weight: 600; } .proof p { margin: 0.1rem 0; } .proof .st { white-space: nowrap; } .p-fail { color: var(--fail); } .p-repaired { color: var(--repaired); } .p-ties { color: var(--pass); } .p-rounded { color: var(--rounded); }
body:has(#v-scan:checked) .fixed, body:has(#v-fixed:checked) .scan { display: none; }
body:has(#s-finding:checked) .doc > :not(.finding), body:has(#s-repaired:checked) .doc > :not(.mended), body:has(#s-open:checked) .doc > :not(.open) { display: none; }
body:has(#s-finding:checked) .doc:not(:has(.finding))::before, body:has(#s-repaired:checked) .doc:not(:has(.mended))::before, body:has(#s-open:checked) .doc:not(:has(.open))::before { content: "None of these in the document."; color: var(--muted); }
@media (max-width: 40rem) { header, main, footer { padding-inline: 0.75rem; } .bar > div { padding-inline: 0.75rem; } .l { grid-template-columns: minmax(0, 1fr); } .no { text-align: left; line-height: 1.3; }
  h1 { font-size: 1.25rem; } tbody th { min-width: 9rem; max-width: 9rem; overflow-wrap: anywhere; } th, td { padding-inline: 0.4rem; } .counts { grid-template-columns: 1fr; } .bar { position: static; } }
@media print { :root { color-scheme: light; } .proofs { columns: 2; column-gap: 8mm; font-size: 7pt; line-height: 1.35; } .proofs code { font-size: 6.5pt; } .fine .ties { display: none; } .l { padding: 0; } .prose .t { max-width: none; } .row .t { font-size: 7.5pt; line-height: 1.5; } body { font-size: 9pt; } .bar { display: none; } header, main, footer { max-width: none; padding: 0; } .scroll { overflow: visible; border: 0; } tbody th { position: static; }
  thead { display: table-header-group; } tr, .l, .proof, .why { break-inside: avoid; } h2, h3, caption { break-after: avoid; } a { color: inherit; text-decoration: none; } .wide { page: wide; font-size: 7pt; } .wide th, .wide td { padding: 1pt 2pt; min-width: 0; } }
@page { size: A4; margin: 16mm 14mm; } @page wide { size: A4 landscape; }
`;
