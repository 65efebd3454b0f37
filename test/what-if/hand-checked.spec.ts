/**
 * The scenarios of the SenseTime book, worked by hand first: the arithmetic stands beside each expectation, in RMB'000, with tax
 * and non-controlling interests held.
 */
import { figure, setting, theBook, baseOf, whatIf } from '../support/what-if';
import type { Simulation } from '@tieout/what-if';

const book = theBook();
const asked = whatIf(baseOf(book));
const named = (id: string): Simulation => asked.simulate(book.scenarios.find((each) => each.id === id)!);
const after = (simulation: Simulation, facts: readonly string[]): Record<string, string | undefined> =>
  Object.fromEntries(facts.map((fact) => [fact, figure(simulation, fact)]));

test('impairment +20%: 542,183 × 0.2 = 108,436.6 through profit and allowances, and not through cash', () => {
  const up = named('impairment-up-20');
  expect(
    after(up, [
      'is.impairment-losses@2022H1',
      'is.loss@2022H1',
      'is.loss.owners@2022H1',
      'bs.equity@2022-06-30',
      'cf.operating@2022H1',
      'bs.receivables@2022-06-30',
    ]),
  ).toEqual({
    'is.impairment-losses@2022H1': '-650619.6', // 542,183 + 108,436.6
    'is.loss@2022H1': '-3316424.6', // 3,207,988 + 108,436.6
    'is.loss.owners@2022H1': '-3266089.6', // 3,157,653 + 108,436.6
    'bs.equity@2022-06-30': '30994399.4', // 31,102,836 - 108,436.6
    'cf.operating@2022H1': '-1848149',
    'bs.receivables@2022-06-30': '5706864.4', // 5,815,301 - 108,436.6
  });
  // 3,266,089.6 / 31,898,368.165 thousand shares = 0.1024: still printed as (0.10).
  expect(Number(figure(up, 'is.loss-per-share@2022H1', 'RMB per share')).toFixed(2)).toBe('-0.10');
  // Net debt (7,747,367) stays; total capital 31,102,836 - 7,747,367 = 23,355,469 falls to 23,247,032.4.
  expect(Number(figure(asked, 'prose.gearing@2022H1', '%')).toFixed(2)).toBe('-33.17');
  expect(Number(figure(up, 'prose.gearing@2022H1', '%')).toFixed(2)).toBe('-33.33');
  // The legs are scaled each: 520,187, 22,099 and (103), times 0.2.
  expect(up.entries[0]!.postings.map(({ account, minor }) => [account, minor])).toEqual([
    ['impairment.trade-receivables', 10_403_740_000],
    ['impairment.other-receivables', 441_980_000],
    ['impairment.notes-receivable', -2_060_000],
    ['receivables.trade.allowance', -10_403_740_000],
    ['receivables.other.allowance', -441_980_000],
    ['receivables.notes.allowance', 2_060_000],
  ]);
});

test('the same, taxed at 15%: 108,436.6 × 0.15 = 16,265.49 of deferred tax assets', () => {
  const taxed = named('impairment-up-20-taxed');
  const before = Number(figure(asked, 'bs.deferred-tax-assets@2022-06-30'));
  expect(Number(figure(taxed, 'bs.deferred-tax-assets@2022-06-30'))).toBeCloseTo(before + 16_265.49, 6);
  expect(figure(taxed, 'is.loss@2022H1')).toBe('-3300159.11'); // 3,316,424.6 - 16,265.49
  const lost = asked.simulate(setting({ impairment: '+20%' }, { rules: { tax: '15% not recoverable' } }));
  expect(figure(lost, 'is.loss@2022H1')).toBe('-3316424.6');
  expect(lost.notes).toEqual([
    'tax at 15%, deferred: 16,265.49 is not recoverable, so no asset is recognised',
  ]);
});

test('no change of exchange rates: the loss falls by 447,467, yet equity falls by 869,520', () => {
  const flat = named('rmb-hkd-flat');
  expect(
    after(flat, [
      'is.loss@2022H1',
      'bs.equity@2022-06-30',
      'bs.cash@2022-06-30',
      'cf.currency-translation@2022H1',
    ]),
  ).toEqual({
    'is.loss@2022H1': '-2760521', // 3,207,988 - 447,467
    'bs.equity@2022-06-30': '30233316', // 31,102,836 + 447,467 - 1,316,987 = 31,102,836 - 869,520
    'bs.cash@2022-06-30': '10137306', // 10,373,626 - 236,320
    'cf.currency-translation@2022H1': '0',
  });
  // (3,157,653 - 447,467) / 31,898,368.165 = 0.085, printed as (0.08): 0.08496 to two places.
  expect(Number(figure(flat, 'is.loss-per-share@2022H1', 'RMB per share')).toFixed(2)).toBe('-0.08');
});

test('twice the effects of exchange rates: the loss grows by 447,467, equity by 869,520', () => {
  const twice = named('rmb-hkd-double');
  expect(after(twice, ['is.loss@2022H1', 'bs.equity@2022-06-30', 'bs.cash@2022-06-30'])).toEqual({
    'is.loss@2022H1': '-3655455', // 3,207,988 + 447,467
    'bs.equity@2022-06-30': '31972356', // 31,102,836 + 869,520
    'bs.cash@2022-06-30': '10609946', // 10,373,626 + 236,320
  });
});

test('with the translation that nothing places held, 510,021 stands in the line of what is not disclosed', () => {
  // 76 + 335,482 - 1,990 - 5,948 + 182,401 = 510,021
  const held = named('rmb-hkd-flat-residual-held');
  expect(
    after(held, [
      'is.loss@2022H1',
      'bs.equity@2022-06-30',
      'bs.undisclosed@2022-06-30',
      'bs.bank-deposits.current@2022-06-30',
    ]),
  ).toEqual({
    'is.loss@2022H1': '-2760521',
    'bs.equity@2022-06-30': '30233316',
    'bs.undisclosed@2022-06-30': '510021',
    'bs.bank-deposits.current@2022-06-30': figure(asked, 'bs.bank-deposits.current@2022-06-30'),
  });
});

test('no over-allotment: cash and other reserves 692,807 lower, total capital as before', () => {
  const without = named('no-over-allotment');
  expect(
    after(without, [
      'bs.cash@2022-06-30',
      'bs.other-reserves@2022-06-30',
      'cf.financing@2022H1',
      'prose.total-capital@2022-06-30',
    ]),
  ).toEqual({
    'bs.cash@2022-06-30': '9680819', // 10,373,626 - 692,807
    'bs.other-reserves@2022-06-30': String(Number(figure(asked, 'bs.other-reserves@2022-06-30')) - 692_807),
    'cf.financing@2022H1': '484520', // 1,177,327 - 692,807
    'prose.total-capital@2022-06-30': figure(asked, 'prose.total-capital@2022-06-30'),
  });
  expect(Number(figure(without, 'prose.gearing@2022H1', '%')).toFixed(1)).toBe('-30.2');
  const unsaid = without.changes
    .filter(({ notDeterminable }) => notDeterminable !== undefined)
    .map(({ fact }) => fact);
  expect(unsaid).toEqual(
    expect.arrayContaining(['is.loss-per-share@2022H1', 'use-of-proceeds.total.unused@2022H1']),
  );
  expect(without.changes.find(({ fact }) => fact === 'is.loss-per-share@2022H1')?.notDeterminable).toBe(
    'not determinable: how many shares the option added to the weighted average is not disclosed',
  );
});

test('repurchase pro forma at 0.81912: HKD14,070,000 is RMB11,525.0184 thousand of treasury shares; the loss per share stays', () => {
  const bought = named('repurchase-pro-forma');
  expect(after(bought, ['cf.repurchase-of-shares@2022H1', 'cf.financing@2022H1', 'is.loss@2022H1'])).toEqual({
    'cf.repurchase-of-shares@2022H1': '-11525.0184',
    'cf.financing@2022H1': '1165801.9816', // 1,177,327 - 11,525.0184
    'is.loss@2022H1': '-3207988',
  });
  expect(bought.changes.some(({ fact }) => fact === 'is.loss-per-share@2022H1')).toBe(false);
});

test('investments pro forma: 57,750 from cash to unlisted equity investments, nothing else', () => {
  const invested = named('investments-pro-forma');
  expect(
    after(invested, ['cf.purchase-of-investments@2022H1', 'bs.assets@2022-06-30', 'bs.equity@2022-06-30']),
  ).toEqual({
    'cf.purchase-of-investments@2022H1': '-2723686', // 2,665,936 + 57,750
    'bs.assets@2022-06-30': figure(asked, 'bs.assets@2022-06-30'),
    'bs.equity@2022-06-30': '31102836',
  });
});

test('every scenario of the book stands, and says what it changes', () => {
  const said = book.scenarios.map((scenario) => {
    const { id } = scenario;
    const simulation = asked.simulate(scenario);
    return { id, changes: simulation.changes.length > 0, broken: simulation.invariants.broken };
  });
  expect(said.map(({ id }) => id)).toEqual(
    expect.arrayContaining([
      'impairment-up-20',
      'rmb-hkd-flat',
      'rmb-hkd-double',
      'no-over-allotment',
      'repurchase-pro-forma',
    ]),
  );
  expect(said.filter(({ changes, broken }) => !changes || broken.length > 0)).toEqual([]);
  expect(said.length).toBeGreaterThanOrEqual(20);
});
