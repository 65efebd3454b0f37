/**
 * Scenarios that are no good: each is refused with place, cause and one next step.
 */
import { readScenarioText } from '@tieout/book';
import { LedgerError, type Problem } from '@tieout/events';
import { seek, tornado, twoWay, type Scenario } from '@tieout/what-if';
import { baseOf, setting, theBook, whatIf } from '../support/what-if';

const book = theBook();
const asked = whatIf(baseOf(book));
const context = { ...book, concepts: [...book.concepts.keys()] };

function problemsOf(run: () => unknown): readonly Problem[] {
  try {
    run();
  } catch (error) {
    if (error instanceof LedgerError) return error.problems;
    throw error;
  }
  return [];
}

const head = 'schema: tieout.scenario/1\nid: mine\ntitle: Mine\n';
const scenario = (text: string): Scenario => readScenarioText(`${head}${text}`, 'mine.yaml', context);
const refused = (text: string) => problemsOf(() => asked.simulate(scenario(text)));

test('an unknown driver: where, and what was meant', () => {
  expect(refused('adjustments:\n  - { set: impairmnt, to: "+20%" }\n')).toMatchObject([
    {
      code: 'E601',
      message: 'no driver "impairmnt"',
      help: 'did you mean impairment?',
      at: { file: 'mine.yaml', line: 5, column: 5 },
    },
  ]);
});

test('a level that cannot be read, and a plus that says nothing', () => {
  expect(refused('adjustments:\n  - { set: impairment, to: "+20" }\n')).toMatchObject([
    { code: 'E107', message: 'cannot read "+20" as a level of impairment', at: { line: 5 } },
  ]);
});

test('out of range: refused or warned, as the driver says', () => {
  expect(refused('adjustments:\n  - { set: ecl.rate.1-2y, to: "140%" }\n')).toMatchObject([
    {
      code: 'E702',
      message: 'ecl.rate.1-2y at 140% is outside its plausible range, 0 to 100',
      at: { line: 5 },
    },
  ]);
  expect(asked.simulate(setting({ impairment: 'x3' })).warnings).toEqual([
    'impairment at 1,626,549 is outside its plausible range, -100% to +100%',
  ]);
});

test('a posting that does not balance', () => {
  const entry = (amount: string) =>
    `adjustments:\n  - post:\n      id: X-1\n      event: EntryPosted\n      date: 2022-06-30\n      description: wrong\n      postings:\n        - { account: cash, movement: cash-used-in-operations, dr: "100" }\n        - { account: revenue, movement: profit-or-loss, cr: "${amount}" }\n`;
  expect(problemsOf(() => scenario(entry('90')))).toMatchObject([
    {
      code: 'E201',
      message: 'entry X-1 does not balance: debits 100, credits 90, difference 10',
      at: { file: 'mine.yaml', line: 6 },
    },
  ]);
  // Balanced, it lacks the analysis by stream and location: a table would no longer foot.
  expect(refused(entry('100'))[0]).toMatchObject({
    code: 'E703',
    message: expect.stringMatching(
      /^scenario mine: is\.revenue@2022H1 changes by 100, its parts by 0$/,
    ) as string,
  });
});

test('an entry that others depend on', () => {
  expect(refused('adjustments:\n  - leave-out: { entries: [JE-2022H1-101] }\n')).toMatchObject([
    {
      code: 'E704',
      message: 'JE-2022H1-101 closes what other entries recognised',
      help: 'leave out those; the closing follows',
      at: { line: 5 },
    },
  ]);
  // The capital expenditure payable is settled by an entry that would stand alone.
  expect(refused('adjustments:\n  - leave-out: { entries: [JE-2022H1-42] }\n')[0]).toMatchObject({
    code: 'E704',
    message: expect.stringMatching(
      /payables\.capital-expenditure would stand at .* on the side that a credit account cannot have: other entries stand on what was taken out \(JE-/,
    ) as string,
  });
  expect(refused('adjustments:\n  - leave-out: { entries: [JE-2022H1-999] }\n')).toMatchObject([
    { code: 'E601', message: 'no entry "JE-2022H1-999"' },
  ]);
});

test('a closed period', () => {
  const late =
    'adjustments:\n  - reclassify: inventories to prepayments\n    amount: "100"\n    from: { account: inventories, movement: reclassification }\n    to: { account: receivables.prepayments, movement: reclassification }\n    date: 2021-12-31\n';
  expect(refused(late)).toMatchObject([
    {
      code: 'E206',
      message: 'period 2021H2 is closed; WI-1 is dated 2021-12-31',
      help: 'a scenario that means it says reopens: [2021H2]',
      at: { line: 5 },
    },
  ]);
  expect(asked.simulate(scenario(`${late}reopens: [2021H2]\n`)).changes.length).toBeGreaterThan(0);
});

test('one adjustment takes from what another takes out', () => {
  expect(
    refused(
      'adjustments:\n  - leave-out: { entries: [JE-2022H1-60] }\n  - { set: over-allotment, to: "0.5" }\n',
    ),
  ).toMatchObject([{ code: 'E704', help: 'stack a second scenario on this one', at: { line: 5 } }]);
});

test('goal seek on a figure that the driver does not move, cannot say, or for a value out of reach', () => {
  const sought = (figure: string, value: string, by: string, rules = {}) =>
    problemsOf(() => seek(asked, { figure, value, by, rules }));
  expect(sought('cf.operating@2022H1', '0', 'impairment')).toMatchObject([
    { code: 'E705', message: 'impairment does not move cf.operating@2022H1' },
  ]);
  // Also where it is there already.
  expect(sought('cf.operating@2022H1', '-1848149', 'impairment')).toMatchObject([
    { code: 'E705', message: 'impairment does not move cf.operating@2022H1' },
  ]);
  expect(sought('is.loss@2022H1', '0', 'impairment')).toStrictEqual([
    {
      code: 'E705',
      message: 'no level of impairment within its range gives is.loss@2022H1 = 0',
      notes: ["its range is 0 to 1,084,366; there is.loss@2022H1 is -2665805 to -3750171 RMB'000"],
      help: 'ask for a value in between, or seek by another driver',
    },
  ]);
  expect(sought('is.loss-per-share@2022H1', '-0.08', 'over-allotment')).toMatchObject([
    {
      code: 'E705',
      message: 'is.loss-per-share@2022H1 cannot be determined when over-allotment moves',
      notes: [
        'at 0: not determinable: how many shares the option added to the weighted average is not disclosed',
      ],
    },
  ]);
  expect(sought('is.los@2022H1', '0', 'impairment')).toMatchObject([
    { code: 'E601', help: 'did you mean is.loss@2022H1? tieout figures lists them' },
  ]);
  expect(sought('is.loss@2022H1', '0', 'impairmnt')).toMatchObject([
    { code: 'E601', message: 'no driver "impairmnt"', help: 'did you mean impairment?' },
  ]);
  expect(sought('is.loss@2022H1', 'nil', 'impairment')).toMatchObject([
    { code: 'E107', message: 'cannot read "nil" as a value of is.loss@2022H1' },
  ]);
  // A rule that cannot be read is refused for what it is, at no level in particular.
  expect(sought('is.loss@2022H1', '-3000000', 'impairment', { tax: '15 percent' })).toMatchObject([
    { code: 'E107', message: 'cannot read "15 percent" as a tax rule' },
  ]);
});

test('goal seek where an end of the range contradicts itself: how far the world holds together, and why no further', () => {
  // At half of research and development, 1,017,665, staff would be overpaid by 269,341; below 1,502,665.334 by something.
  const asks = (value: string) =>
    seek(asked, { figure: 'is.loss@2022H1', value, by: 'research-and-development' });
  expect(problemsOf(() => asks('-2500000'))).toMatchObject([
    {
      code: 'E705',
      message: 'no level of research-and-development within its range gives is.loss@2022H1 = -2500000',
      notes: [
        "its range is 1,017,665 to 3,052,995, which holds together from 1,502,665.334 to 3,052,995; there is.loss@2022H1 is -2675323.334 to -4225653 RMB'000",
        expect.stringMatching(/^at 1,017,665: .*payables\.staff would stand at 269,341/) as string,
      ],
    },
  ]);
  expect(asks('-3000000')).toMatchObject({ how: 'exact', level: '1827342', residual: '0' }); // 2,035,330 - 207,988
});

test('a tornado and a table are refused for what cannot be read', () => {
  expect(problemsOf(() => tornado(asked, 'is.loss@2022H1', 'ten'))).toMatchObject([
    { code: 'E107', message: 'cannot read "ten" as a part to move drivers by' },
  ]);
  expect(problemsOf(() => tornado(asked, 'is.loss@2022H1', '10', { tax: 'none' }))).toMatchObject([
    { code: 'E107', message: 'cannot read "none" as a tax rule' },
  ]);
  const rows = { driver: 'impairment', levels: ['+0%', '+x'], at: { file: '--over impairment=+0%,+x' } };
  const columns = { driver: 'rmb-hkd', levels: ['1'] };
  expect(problemsOf(() => twoWay(asked, 'is.loss@2022H1', { rows, columns }))).toMatchObject([
    { code: 'E107', message: 'cannot read "+x" as a level of impairment', at: rows.at },
  ]);
});

test('every refusal of a scenario has a place, a cause and one next step', () => {
  const leaving = '  - leave-out: { entries: [JE-2022H1-42] }\n';
  const texts = [
    '  - { set: impairmnt, to: "+20%" }\n',
    '  - { set: impairment, to: "+20" }\n',
    '  - { set: ecl.rate.1-2y, to: "140%" }\n',
    leaving,
    `${leaving}  - { set: impairment, to: "+20%" }\n`,
    '  - { set: impairment, to: "+20%" }\nrules: { tax: "15 percent", nci: half, cash: later }\n',
    '  - post:\n      id: X-1\n      event: EntryPosted\n      date: 2022-06-30\n      description: wrong\n      postings:\n        - { account: cash, movement: cash-used-in-operations, dr: "100" }\n        - { account: revenue, movement: profit-or-loss, cr: "100" }\n',
    '  - { replace: shares.weighted, of: 2022H1, with: "1" }\n',
  ];
  const said = texts.flatMap((text) => refused(`adjustments:\n${text}`));
  expect(said.length).toBeGreaterThanOrEqual(10);
  expect(said.filter(({ at, message, help }) => at?.file !== 'mine.yaml' || !message || !help)).toEqual([]);
  // A rule that was given elsewhere stands there.
  const rulesAt = { file: '--set tax=none' };
  const own = scenario('adjustments:\n  - { set: impairment, to: "+20%" }\n');
  expect(problemsOf(() => asked.simulate({ ...own, rules: { tax: 'none' }, rulesAt }))).toMatchObject([
    { code: 'E107', at: rulesAt },
  ]);
});

test('adjustments of every other kind do what they say', () => {
  const loss = (text: string) =>
    asked.simulate(scenario(text)).changes.find(({ fact }) => fact === 'is.loss@2022H1')?.change;
  expect(loss('adjustments:\n  - reverse: JE-2022H1-33\n')).toBe('8427'); // donations
  expect(loss('adjustments:\n  - leave-out: { entries: [JE-2022H1-33] }\n')).toBe('8427');
  expect(loss('adjustments:\n  - move: { entries: [JE-2022H1-33] }\n    to: 2022-07-01\n')).toBe('8427'); // recognised after the period
  expect(
    loss(
      'adjustments:\n  - scale: { accounts: [other-gains.donations], movement: profit-or-loss }\n    by: x3\n',
    ),
  ).toBe('-16854');
  const shares = asked.simulate(
    scenario('adjustments:\n  - { replace: shares.weighted-average, of: 2022H1, with: "63796736330" }\n'),
  );
  // Twice the shares: half the loss per share.
  expect(
    Number(shares.changes.find(({ fact }) => fact === 'is.loss-per-share@2022H1')?.afterText).toFixed(4),
  ).toBe('-0.0495');
  expect(refused('adjustments:\n  - { replace: shares.weighted, of: 2022H1, with: "1" }\n')).toMatchObject([
    { code: 'E601', message: 'no recorded fact "shares.weighted@2022H1"' },
  ]);
  expect(
    problemsOf(() => scenario('adjustments:\n  - { set: impairment, to: "1", move: x }\n')),
  ).toMatchObject([{ code: 'E107', message: 'an adjustment does one thing' }]);
});

test('a profit makes the loss per share undeterminable: nobody says how many shares dilute it', () => {
  const rich = asked.simulate(
    scenario(
      'adjustments:\n  - post:\n      id: X-1\n      event: FinanceIncomeEarned\n      date: 2022-06-30\n      description: a windfall\n      postings:\n        - { account: cash, movement: interest-received, dr: "9,000,000" }\n        - { account: finance-income, movement: profit-or-loss, cr: "9,000,000" }\n',
    ),
  );
  expect(rich.changes.find(({ fact }) => fact === 'is.loss@2022H1')?.afterText).toBe('5792012'); // 9,000,000 - 3,207,988
  expect(rich.changes.find(({ fact }) => fact === 'is.loss-per-share@2022H1')?.notDeterminable).toMatch(
    /^not determinable: with a profit, options and restricted shares dilute it/,
  );
});

test('what is not accounting without cash is with it: research a third lower leaves staff overpaid, unless less is paid', () => {
  const lower = (cash: string) =>
    asked.simulate(setting({ 'research-and-development': '-30%' }, { rules: { cash } }));
  expect(problemsOf(() => lower('non-cash'))[0]).toMatchObject({
    code: 'E704',
    message: expect.stringMatching(/payables\.staff would stand at/) as string,
    help: 'take out those entries, too, or let the cash effect follow: the rule cash: settled',
  });
  const settled = lower('settled').changes;
  // 2,035,330 × 0.3 = 610,599 less loss; what went through payables, and no more, is not paid.
  expect(settled.find(({ fact }) => fact === 'is.loss@2022H1')?.change).toBe('610599');
  expect(Number(settled.find(({ fact }) => fact === 'cf.operating@2022H1')?.change)).toBeGreaterThan(400_000);
});

test('rules that cannot be read are said, once', () => {
  const bad = setting(
    { impairment: '+20%', selling: '+1%' },
    { rules: { tax: '15 percent', nci: 'half', cash: 'later' } },
  );
  expect(problemsOf(() => asked.simulate(bad)).map(({ code, message }) => `${code} ${message}`)).toEqual([
    'E107 cannot read "15 percent" as a tax rule',
    'E107 cannot read "half" as a share of non-controlling interests',
    'E107 cannot read "later" as a cash rule',
  ]);
});
