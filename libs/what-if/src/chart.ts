/**
 * Two charts as SVG text: the waterfall of a figure from what is reported to a scenario, and a tornado.
 *
 * The same numbers give the same bytes. Bars carry their amount as text, so nothing is told by colour or length alone.
 */
import { addDecimals, compareDecimals, formatAmount } from '@tieout/money';
import type { Tornado } from './sensitivity';
import type { Change } from './changes';
import type { Simulation } from './simulate';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const shown = (decimal: string, decimals: number): string => formatAmount(decimal, { decimals, nil: '0' });
const at = (value: number): string => (Math.round(value * 10) / 10).toString();

const frame = (title: string, subtitle: string, height: number, body: readonly string[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="${height}" viewBox="0 0 900 ${height}" font-family="sans-serif" font-size="13" role="img" aria-label="${escaped(title).replaceAll('"', '&quot;')}">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    `<text x="20" y="28" font-size="17" font-weight="bold">${escaped(title)}</text>`,
    `<text x="20" y="48" fill="#555">${escaped(subtitle)}</text>`,
    ...body,
    '</svg>',
    '',
  ].join('\n');

/** From the reported figure through each adjustment to the scenario's. */
export function waterfall(simulation: Simulation, change: Change): string {
  const { beforeText = '0', afterText = '0', decimals, unit, label } = change;
  let level = beforeText;
  const steps = simulation.contributions(change).map(({ adjustment, change: by }) => {
    const from = level;
    level = addDecimals(level, by);
    return { name: simulation.applied[adjustment]?.text ?? '', from, to: level, text: shown(by, decimals) };
  });
  const bars = [
    { name: 'Reported', from: '0', to: beforeText, text: shown(beforeText, decimals) },
    ...steps,
    { name: 'Scenario (not reported)', from: '0', to: afterText, text: shown(afterText, decimals) },
  ];
  // Lengths are for the eye: doubles will do. The totals are cut where nothing happens.
  const ends = [beforeText, ...steps.map(({ to }) => to)].map(Number);
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const room = most - least || Math.abs(most) || 1;
  const floor = least - room;
  const ceiling = most + room * 0.2;
  const x = (value: number): number =>
    320 + (440 * (Math.min(Math.max(value, floor), ceiling) - floor)) / (ceiling - floor);
  const body = bars.flatMap(({ name, from, to, text }, index) => {
    const whole = index === 0 || index === bars.length - 1;
    const [a, b] = [x(whole ? floor : Number(from)), x(Number(to))];
    const y = 70 + index * 38;
    const fill = whole
      ? index === 0
        ? '#456'
        : 'url(#hatch)'
      : compareDecimals(to, from) >= 0
        ? '#2a7'
        : '#c53';
    return [
      `<text x="20" y="${y + 17}">${escaped(name)}</text>`,
      `<rect x="${at(Math.min(a, b))}" y="${y}" width="${at(Math.max(1, Math.abs(b - a)))}" height="24" fill="${fill}"/>`,
      `<text x="${at(Math.max(a, b) + 6)}" y="${y + 17}">${escaped(text)}</text>`,
    ];
  });
  const hatch =
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#bcd"/><path d="M0 6L6 0" stroke="#456"/></pattern></defs>';
  return frame(
    `${label}: from reported to scenario`,
    `${unit} · ${simulation.scenario.title} · hypothetical, reconstructed entries · bars are cut on the left`,
    90 + bars.length * 38,
    [hatch, ...body],
  );
}

/** The widest driver on top; left of the axis the figure is lower. */
export function tornadoChart({ figure, unit, percent, bars, left }: Tornado): string {
  const reach = Math.max(
    ...bars.flatMap(({ low, high }) => [Math.abs(Number(low)), Math.abs(Number(high))]),
    1e-9,
  );
  const x = (value: number): number => 570 + (220 * value) / reach;
  const body = bars.flatMap(({ driver, low, high }, index) => {
    const y = 70 + index * 30;
    const one = (by: string, fill: string): string => {
      const [a, b] = [x(0), x(Number(by))];
      return `<rect x="${at(Math.min(a, b))}" y="${y}" width="${at(Math.abs(b - a))}" height="20" fill="${fill}"><title>${escaped(`${driver.id} ${fill === '#79a' ? '-' : '+'}${percent}%: ${by} ${unit}`)}</title></rect>`;
    };
    const decimals = unit === '%' || unit.endsWith('per share') ? 4 : 0;
    const name = driver.base === 'assumed' ? `${driver.id} (assumed base)` : driver.id;
    return [
      `<text x="20" y="${y + 15}">${escaped(name)}</text>`,
      one(low, '#79a'),
      one(high, '#d84'),
      `<text x="880" y="${y + 15}" text-anchor="end">${escaped(`${shown(low, decimals)} / ${shown(high, decimals)}`)}</text>`,
    ];
  });
  const end = 70 + bars.length * 30;
  const note = `Each driver alone by ±${percent}%: blue lower, orange higher. One at a time says nothing about drivers that move together.${left.length > 0 ? ` Left out: ${left.length}.` : ''}`;
  return frame(`${figure}: drivers by ±${percent}%`, unit, end + 40, [
    `<path d="M570 62V${end}" stroke="#333"/>`,
    ...body,
    `<text x="20" y="${end + 22}" fill="#555">${escaped(note)}</text>`,
  ]);
}
