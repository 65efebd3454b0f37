/**
 * A what-if as text, like a plan: what is set, which entries that makes, what the statements would be, what holds.
 *
 *     ~ changed   = as printed before   ? not determinable
 *
 * Invariants and published ties stand apart: the first must hold in any world, the second only in the reported one.
 */
import { formatAmount, placesOf } from '@tieout/money';
import type { Layout } from '@tieout/statements';
import type { Change, HypotheticalEntry, Simulation } from '@tieout/what-if';
import { padEnd, padStart, paint, widthOf, wrap, type Terminal } from './text';

export interface PlanPrint {
  readonly terminal: Terminal;
  readonly layouts: readonly Layout[];
  /** Minor units to the unit of the journal, in text. */
  readonly amount: (minor: number | bigint) => string;
  /** Notes, too. */
  readonly all: boolean;
  readonly amounts: string;
}

/** A figure as its statement prints it. */
export function shown(
  decimal: string | undefined,
  { decimals, unit }: Pick<Change, 'decimals' | 'unit'>,
): string {
  if (decimal === undefined) return 'n.d.';
  const text = formatAmount(decimal, { decimals, nil: '-' });
  return unit === '%' && text !== '-' ? `${text}%` : text;
}

const percentText = ({ percent, unit }: Change): string =>
  percent === undefined || unit === '%' ? '' : formatAmount(percent, { decimals: 1, nil: '-' });

function entryLines({ id, rule, postings }: HypotheticalEntry, { amount, terminal }: PlanPrint): string[] {
  const side = (debit: boolean): string =>
    postings
      .filter(({ minor }) => minor > 0 === debit)
      .map(({ account, minor }) => `${account} ${amount(minor < 0 ? -minor : minor)}`)
      .join(', ');
  const lines = wrap(`+ ${padEnd(id, 5)} dr ${side(true)} / cr ${side(false)}`, terminal.width - 4).map(
    (line) => `  ${line}`,
  );
  return [...lines, ...wrap(`rule: ${rule}`, terminal.width - 12).map((line) => `          ${line}`)];
}

/** At most so many entries in full: the rest is counted, and listed by --all. */
const ENTRIES = 6;

export function planText(simulation: Simulation, print: PlanPrint): string {
  const { terminal, all } = print;
  const { scenario, base, applied, entries, changes, invariants, published, warnings, notes } = simulation;
  const lines: string[] = [];
  const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
  lines.push(
    paint(
      `Scenario ${scenario.id}${scenario.title === scenario.id || scenario.title === 'unsaved' ? '' : `: ${scenario.title}`}`,
      'bold',
      terminal,
    ),
  );
  lines.push(
    `on ${base.name} · ${plural(applied.length, 'adjustment', 'adjustments')} · ${plural(entries.length, 'synthetic entry', 'synthetic entries')} · nothing written · not reported figures`,
    '',
  );
  for (const { text, moved } of applied) {
    const marks = [
      ...(moved?.driver.base === 'assumed' ? ['assumed base'] : []),
      ...(moved?.driver.illustrative ? ['illustrative'] : []),
    ];
    lines.push(
      ...wrap(`~ ${text}${marks.length > 0 ? ` [${marks.join(', ')}]` : ''}`, terminal.width - 2).map(
        (line) => `  ${line}`,
      ),
    );
  }
  const rules = Object.entries(scenario.rules).map(([name, value]) => `${name}: ${value}`);
  lines.push(
    `  rules: ${rules.length > 0 ? rules.join(' · ') : 'tax held · non-controlling interests held · non-cash'}`,
    '',
  );
  for (const entry of all ? entries : entries.slice(0, ENTRIES)) lines.push(...entryLines(entry, print));
  if (!all && entries.length > ENTRIES)
    lines.push(`  + ${entries.length - ENTRIES} more entries: --all lists them`);
  lines.push('', ...changeLines(changes, simulation, print), '');
  lines.push(
    ...wrap(
      `Invariants: ${invariants.held} hold ✓ (balances, statements, roll-forwards, cash) · Published ties: ${published.differing.length} no longer agree (expected), ${published.agreeing} do`,
      terminal.width,
    ),
  );
  for (const warning of warnings) lines.push(...wrap(`warning: ${warning}`, terminal.width));
  for (const note of notes) lines.push(...wrap(`note: ${note}`, terminal.width));
  lines.push(
    `Plan: 0 posted, ${entries.length} simulated.  Save: -o FILE.yaml  Chart: -o FILE.svg  Entries to review: --promote FILE.yaml`,
  );
  return lines.join('\n');
}

function changeLines(
  changes: readonly Change[],
  { base }: Simulation,
  { layouts, terminal, all }: PlanPrint,
): string[] {
  const primary = layouts.filter(({ command }) => command !== undefined);
  const isRatio = ({ unit, statement }: Change): boolean =>
    unit === '%' && !primary.some(({ id }) => id === statement);
  const sections = [
    ...primary.map((layout) => ({
      title: layout.title,
      id: layout.id,
      of: changes.filter(({ statement }) => statement === layout.id),
    })),
    { title: 'Ratios', id: 'ratios', of: changes.filter(isRatio) },
    ...(all
      ? layouts
          .filter((layout) => !primary.includes(layout))
          .map((layout) => ({
            title: layout.title,
            id: layout.id,
            of: changes.filter((change) => change.statement === layout.id && !isRatio(change)),
          }))
      : []),
  ];
  const cells = (change: Change): readonly string[] =>
    change.notDeterminable === undefined
      ? [
          shown(change.beforeText, change),
          shown(change.afterText, change),
          change.unit === '%'
            ? shown(change.change, change).replace('%', ' pt')
            : shown(change.change, change),
          percentText(change),
        ]
      : [shown(change.beforeText, change), 'not determinable', '', ''];
  const head = [base.name, 'scenario', 'change', '%'];
  const rows = sections.flatMap(({ of }) => of.map(cells));
  const widths = head.map((title, index) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(row[index] ?? ''))),
  );
  const label = Math.max(24, terminal.width - widths.reduce((sum, width) => sum + width + 2, 0) - 2);
  const row = (sign: string, name: string, values: readonly string[]): string => {
    const cut = widthOf(name) > label ? `${name.slice(0, label - 1)}…` : name;
    return `${sign} ${padEnd(cut, label)}${values.map((value, index) => `  ${padStart(value, widths[index] ?? 0)}`).join('')}`.trimEnd();
  };
  const lines = [paint(row(' ', '', head), 'bold', terminal)];
  const reasons = new Set<string>();
  let told = 0;
  for (const { title, id, of } of sections) {
    const cash = id === primary.find(({ command }) => command === 'cf')?.id;
    if (of.length === 0 && !cash) continue;
    lines.push(paint(`  ${title}`, 'bold', terminal));
    if (of.length === 0) lines.push('= no cash flow changes: non-cash');
    for (const change of of) {
      told += 1;
      const values = cells(change);
      const sign = change.notDeterminable !== undefined ? '?' : values[0] === values[1] ? '=' : '~';
      // Ratios of different tables share their labels: their ids do not.
      const name = id === 'ratios' ? change.fact : change.label;
      lines.push(row(sign, `${name}${change.unit.endsWith('per share') ? ` (${change.unit})` : ''}`, values));
      if (change.notDeterminable !== undefined) reasons.add(change.notDeterminable);
    }
  }
  for (const change of changes) if (change.notDeterminable !== undefined) reasons.add(change.notDeterminable);
  if (told < changes.length)
    lines.push(`  and ${changes.length - told} figures in notes and discussion: --all shows them`);
  for (const reason of reasons) lines.push(...wrap(`? ${reason}`, terminal.width));
  return lines;
}

/** What each adjustment does to one figure, from reported to scenario. */
export function bridgeText(
  simulation: Simulation,
  change: Change,
  { terminal }: Pick<PlanPrint, 'terminal'>,
): string {
  const full = (decimal: string): string =>
    formatAmount(decimal, placesOf(decimal) > 6 ? { decimals: 6, nil: '0' } : { nil: '0' });
  const rows = [
    ['Reported', full(change.beforeText ?? '0')],
    ...simulation
      .contributions(change)
      .map(({ adjustment, change: by }) => [simulation.applied[adjustment]?.text ?? '', full(by)]),
    ['Scenario', full(change.afterText ?? '0')],
  ] as const;
  const amount = Math.max(...rows.map(([, text]) => widthOf(text ?? '')));
  const label = Math.min(terminal.width - amount - 4, Math.max(...rows.map(([text]) => widthOf(text ?? ''))));
  return [
    `${change.label} (${change.fact}), ${change.unit}`,
    ...rows.map(
      ([name = '', text = '']) =>
        `  ${padEnd(widthOf(name) > label ? `${name.slice(0, label - 1)}…` : name, label)}  ${padStart(text, amount)}`,
    ),
  ].join('\n');
}
