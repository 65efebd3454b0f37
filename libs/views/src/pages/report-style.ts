/** The style sheet of a report that is one file: light and dark as the reader's machine has it, and paper. */
export const reportStyle = `
:root{color-scheme:light dark;--page:light-dark(#fff,#0f1419);--text:light-dark(#1b1f24,#e6edf3);--muted:light-dark(#57606a,#9aa7b4);--line:light-dark(#d7dce1,#2b343d);--strong:light-dark(#8a929a,#6c7884);--accent:light-dark(#0b5cad,#6cb6ff);--pass:light-dark(#0b6e4f,#4cc38a);--fail:light-dark(#b42318,#ff8a80);--rounded:light-dark(#7a4f01,#f2b84b);--repaired:light-dark(#6941c6,#c3a6ff);--up:light-dark(#0072b2,#56b4e9);--down:light-dark(#d55e00,#e69f00)}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem;max-width:70rem;background:var(--page);color:var(--text);font:14px/1.45 system-ui,'Segoe UI',Roboto,'Liberation Sans',sans-serif;font-variant-numeric:tabular-nums lining-nums}
h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:2.5rem 0 .4rem}h3{font-size:.95rem;margin:1.4rem 0 .2rem}
p{margin:.4rem 0}a{color:var(--accent)}.muted,.muted a{color:var(--muted)}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
nav ul{columns:16rem;padding-left:1.1rem}
.scroll{overflow-x:auto}
.table{border-spacing:0}.table caption{text-align:start;font-weight:600;padding:.5rem 0}.table caption .muted{font-weight:400}
.table th,.table td{padding:.16rem .5rem;text-align:start;font-weight:400;vertical-align:baseline}
.table thead th,.table thead td{border-bottom:1px solid var(--line);font-weight:600}.table thead small{display:block;font-weight:400;color:var(--muted)}
.table .value,.table .change,.table .note{text-align:end;white-space:nowrap}.table thead .value{white-space:normal}.table .tick{text-align:center}
.table .change,.table .note{color:var(--muted)}.running{display:none}
.value .amount:not(.negative)::after,.change .amount:not(.negative)::after{content:')';visibility:hidden}
.cell{display:block;min-width:4.5rem}.cell a{color:inherit;text-decoration:none}.cell a:hover{text-decoration:underline}
.statement tbody th[scope=row]{max-width:30rem}
.heading th{font-weight:600;padding-top:.8rem}.subtotal>*,.total>*{font-weight:600}
.subtotal .value .cell,.total .value .cell{border-top:1px solid var(--strong)}.total .value .cell{border-bottom:3px double var(--strong)}
.subtotal .value .cell:empty,.total .value .cell:empty{border:0}
.state{white-space:nowrap}.state .word{margin-left:.3em}.state-ties{color:var(--pass)}.state-within-rounding{color:var(--rounded)}.state-repaired{color:var(--repaired)}.state-does-not-tie{color:var(--fail);font-weight:700}.state-explained{color:var(--accent)}.state-untested,.state-not-run{color:var(--muted)}
.chart-figure{margin:1rem 0;max-width:60rem}.chart-figure figcaption{font-weight:600}.chart-figure figcaption .muted{font-weight:400}
.chart{display:block;width:100%;min-width:34rem;height:auto}.chart text{fill:var(--text)}.chart .remark{fill:var(--muted)}.chart .axis,.chart .connector{stroke:var(--strong)}.chart .total{fill:var(--muted)}.chart .up{fill:var(--up)}.chart .down{fill:var(--down)}
.figure{border-top:1px solid var(--line);padding:.3rem 0 .6rem;font-size:.9rem}.figure:target{outline:2px solid var(--accent);outline-offset:4px}.figure ul{margin:.1rem 0;padding-left:1.1rem}.figure h3{font-size:1rem}
.finding{border-top:1px solid var(--line);padding:.3rem 0}
@media print{:root{color-scheme:light}body{max-width:none;padding:0;font-size:9pt}h2{break-before:page}tr,.figure,.finding,figure{break-inside:avoid}thead{display:table-header-group}.running{display:table-row;font-size:7pt;color:#57606a}a{color:inherit}nav{display:none}@page{size:A4;margin:14mm}}
`;
