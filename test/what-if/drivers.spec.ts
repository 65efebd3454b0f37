/**
 * Every driver of the SenseTime book alone, worked by hand: the arithmetic stands beside each expectation, in RMB'000, with
 * tax and non-controlling interests held.
 */
import { subtractDecimals } from '@tieout/money';
import { levelsNow, levelText } from '@tieout/what-if';
import { baseOf, figure, setting, theBook, whatIf } from '../support/what-if';

const book = theBook();
const asked = whatIf(baseOf(book));

/** Every driver of the book alone: its level, a figure, what it is then, and how that is worked out. */
const cases = [
  ['rmb-hkd', '0', 'is.loss@2022H1', '-2760521', '3,207,988 - 447,467'],
  [
    'rmb-hkd.residual-held',
    '0',
    'bs.undisclosed@2022-06-30',
    '510021',
    '76 + 335,482 - 1,990 - 5,948 + 182,401',
  ],
  ['impairment', '+20%', 'is.loss@2022H1', '-3316424.6', '3,207,988 + 542,183 × 0.2'],
  ['impairment.trade', '+20%', 'is.loss@2022H1', '-3312025.4', '3,207,988 + 520,187 × 0.2'],
  ['impairment.other', 'x0', 'is.loss@2022H1', '-3185889', '3,207,988 - 22,099'],
  ['impairment.notes', 'x3', 'is.loss@2022H1', '-3207782', '3,207,988 - 2 × 103'],
  ['fair-value.debt', 'x0', 'is.loss@2022H1', '-2959549', '3,207,988 - 248,439'],
  ['fair-value.equity', 'x2', 'is.loss@2022H1', '-3306467', '3,207,988 + 98,479'],
  ['fair-value.structured-deposits', 'x0', 'is.loss@2022H1', '-3215587', '3,207,988 + 7,599'],
  ['fair-value', 'x0', 'is.loss@2022H1', '-2868669', '3,207,988 - 339,319'],
  ['preferred-fair-value', 'x10', 'is.loss@2022H1', '-3254194', '3,207,988 + 9 × 5,134'],
  ['revenue', '-10%', 'is.gross-profit@2022H1', '840638.7', '934,043 × 0.9'],
  ['revenue.at-constant-cost', '-10%', 'is.gross-profit@2022H1', '792508.7', '934,043 - 141,534.3'],
  // At constant margin cost of sales falls by 481,300 × (a tenth of the stream) / 1,415,343, to the fen.
  [
    'revenue.smart-business',
    '-10%',
    'is.gross-profit@2022H1',
    '896537.42604',
    '934,043 - 56,831.7 + 19,326.12604',
  ],
  [
    'revenue.smart-city',
    '-10%',
    'is.gross-profit@2022H1',
    '905394.09943',
    '934,043 - 43,411.3 + 14,762.39943',
  ],
  [
    'revenue.smart-life',
    '-10%',
    'is.gross-profit@2022H1',
    '914765.52686',
    '934,043 - 29,210.9 + 9,933.42686',
  ],
  [
    'revenue.smart-auto',
    '-10%',
    'is.gross-profit@2022H1',
    '926070.64767',
    '934,043 - 12,080.4 + 4,108.04767',
  ],
  [
    'revenue.smart-business.at-constant-cost',
    '-10%',
    'is.loss@2022H1',
    '-3264819.7',
    '3,207,988 + 568,317 × 0.1',
  ],
  [
    'revenue.smart-city.at-constant-cost',
    '-10%',
    'is.loss@2022H1',
    '-3251399.3',
    '3,207,988 + 434,113 × 0.1',
  ],
  [
    'revenue.smart-life.at-constant-cost',
    '-10%',
    'is.loss@2022H1',
    '-3237198.9',
    '3,207,988 + 292,109 × 0.1',
  ],
  [
    'revenue.smart-auto.at-constant-cost',
    '-10%',
    'is.loss@2022H1',
    '-3220068.4',
    '3,207,988 + 120,804 × 0.1',
  ],
  ['research-and-development', '-10%', 'is.loss@2022H1', '-3004455', '3,207,988 - 203,533'],
  ['selling', '-10%', 'is.loss@2022H1', '-3167773.2', '3,207,988 - 40,214.8'],
  ['administrative', '-10%', 'is.loss@2022H1', '-3131125.1', '3,207,988 - 76,862.9'],
  ['share-based-compensation', 'x0', 'is.loss@2022H1', '-2908633', '3,207,988 - 299,355'],
  ['share-based-compensation', 'x0', 'bs.equity@2022-06-30', '31102836', 'expense and reserve cancel out'],
  ['useful-life.electronic', '8', 'is.loss@2022H1', '-3143426.125', '3,207,988 - 172,165 × 3/8'],
  ['over-allotment', '0.5', 'bs.cash@2022-06-30', '10027222.5', '10,373,626 - 692,807 / 2'],
  ['shares.weighted-average', 'x2', 'is.loss@2022H1', '-3207988', 'shares are no money'],
  ['repurchase.rate', '0.9', 'bs.equity@2022-06-30', '31090173', '31,102,836 - 14,070 × 0.9'],
  ['subsequent.investments', '1', 'bs.cash@2022-06-30', '10315876', '10,373,626 - 57,750'],
  ['subsequent.investments', '1', 'is.loss@2022H1', '-3207988', 'an investment is no expense'],
] as const;

test.each(cases)('%s at %s: %s is %s (%s)', (driver, level, fact, expected, _how) => {
  expect(figure(asked.simulate(setting({ [driver]: level })), fact)).toBe(expected);
});

/**
 * The aging table of note 11 at 30 June 2022, and the assumed rate of each age: the rates give the allowance that is disclosed,
 * 1,506,537, together. One more per cent of an age is a hundredth of it, in loss and in allowance.
 */
const ages = [
  // age, gross, its present rate, another one, what more is lost and provided, and how
  ['0-6m', '1,033,940', '2%', '3%', '10339.4', '1,033,940 × (3% - 2%)'],
  ['6-12m', '2,246,204', '10%', '12.5%', '56155.1', '2,246,204 × (12.5% - 10%)'],
  ['1-2y', '2,194,447', '30%', '40%', '219444.7', '2,194,447 × (40% - 30%)'],
  ['2-3y', '715,493', '50%', '30%', '-143098.6', '715,493 × (30% - 50%)'],
  ['3y', '247,017', '99.2471%', '99%', '-610.37901', '247,017 × (99% - 99.2471%) = -610.379007, to the fen'],
] as const;

test.each(ages)(
  'receivables of %s, %s at %s: at %s, %s more is lost and provided: %s',
  (age, gross, present, level, more, _how) => {
    const driver = `ecl.rate.${age}`;
    const found = levelsNow(asked).find((each) => each.driver.id === driver);
    expect(found?.level && levelText(found.level, found.driver)).toBe(present);
    const per = found?.driver.kind === 'charge' ? found.driver.per : undefined;
    expect(figure(asked, per ?? '')).toBe(gross.replaceAll(',', ''));
    const set = asked.simulate(setting({ [driver]: level }));
    const lower = (fact: string): string =>
      subtractDecimals(figure(asked, fact) ?? '', figure(set, fact) ?? '');
    expect(
      // The allowance is shown as what it takes from receivables.
      [
        'is.impairment-losses@2022H1',
        'is.loss@2022H1',
        'note11.trade.allowance@2022-06-30',
        'bs.equity@2022-06-30',
        'cf.operating@2022H1',
      ].map(lower),
    ).toEqual([more, more, more, more, '0']);
  },
);

test('the assumed rates give the disclosed allowance: 20,678.8 + 224,620.4 + 658,334.1 + 357,746.5 + 245,157.209 = 1,506,537.009', () => {
  // 1,033,940 × 2%, 2,246,204 × 10%, 2,194,447 × 30%, 715,493 × 50%, 247,017 × 99.2471%
  const sum = ages.reduce(
    (total, [, gross, rate]) =>
      total + (Number(gross.replaceAll(',', '')) * Number(rate.replace('%', ''))) / 100,
    0,
  );
  expect(Math.round(sum)).toBe(-Number(figure(asked, 'note11.trade.allowance@2022-06-30')));
});

test('every driver of the book is worked by hand somewhere above', () => {
  const worked = new Set<string>([
    ...cases.map(([driver]) => driver),
    ...ages.map(([age]) => `ecl.rate.${age}`),
  ]);
  expect([...worked].sort()).toEqual(book.drivers.drivers.map(({ id }) => id).sort());
});

test('half the shares, twice the loss per share: 3,157,653 / 15,949,184.0825 thousand is 0.19798, printed as (0.20)', () => {
  const half = asked.simulate(setting({ 'shares.weighted-average': 'x0.5' }));
  expect(Number(figure(half, 'is.loss-per-share@2022H1', 'RMB per share')).toFixed(5)).toBe('-0.19798');
});

test('every stream, at constant margin and at constant cost, adds up to what all revenue does', () => {
  const streams = ['smart-business', 'smart-city', 'smart-life', 'smart-auto'];
  for (const kind of ['', '.at-constant-cost']) {
    const all = Number(figure(asked.simulate(setting({ [`revenue${kind}`]: '-10%' })), 'is.loss@2022H1'));
    const each = asked.simulate(
      setting(Object.fromEntries(streams.map((stream) => [`revenue.${stream}${kind}`, '-10%']))),
    );
    expect(Number(figure(each, 'is.loss@2022H1'))).toBeCloseTo(all, 4);
  }
});
