import {
  addBatch,
  addCubes,
  cellsOf,
  coarsen,
  cubeBuilder,
  cubeToJson,
  emptyCube,
  everyAxis,
  foldPostings,
  negateCube,
  selectLegs,
  total,
  type Cell,
  type Leg,
} from '@tieout/cube';

/** As `2022-06-30 ppe.cost additions 100 [class=electronic]`. */
function leg(text: string): Leg {
  const [day = '', account = '', movement = '', minor = '', ...members] = text
    .replace(/[[\]]/g, '')
    .split(/[ ,]+/);
  const dimensions = Object.fromEntries(members.map((member) => member.split('=') as [string, string]));
  return { day, account, movement, unit: 'RMB', minor: Number(minor), dimensions };
}
const entry = (position: number, ...legs: string[]) => ({ position, legs: legs.map(leg) });

const line = ({ day, account, movement, minor, dimensions, count }: Cell): string =>
  [
    day,
    account,
    movement,
    minor,
    ...Object.entries(dimensions).map((pair) => `[${pair.join('=')}]`),
    `×${count}`,
  ].join(' ');

const acquired = entry(
  3,
  '2022-06-30 ppe.cost additions 100 [class=electronic]',
  '2022-06-30 cash capex -100',
);
const more = entry(5, '2022-06-30 ppe.cost additions 5 [class=electronic]', '2022-06-30 cash capex -5');
const disposed = entry(6, '2022-06-30 ppe.cost disposals -7 [class=buildings]', '2022-06-30 cash capex 7');

test('postings fold into cells in canonical order', () => {
  const cube = foldPostings([disposed, acquired, { position: 4, legs: [] }, more], 'log');
  expect(cellsOf(cube).map(line)).toStrictEqual([
    '2022-06-30 cash capex -98 ×3',
    '2022-06-30 ppe.cost additions 105 [class=electronic] ×2',
    '2022-06-30 ppe.cost disposals -7 [class=buildings] ×1',
  ]);
  expect([...cube.coverage]).toStrictEqual([['log', [{ from: 3, until: 7, sign: 1 }]]]);
});

test('a cell whose postings cancel out stays; one without postings vanishes', () => {
  const there = entry(0, '2022-06-30 cash capex -5', '2022-06-30 cash capex 5');
  const cube = foldPostings([there], 'log');
  expect(cellsOf(cube).map(line)).toStrictEqual(['2022-06-30 cash capex 0 ×2']);
  expect(addCubes(cube, negateCube(cube))).toStrictEqual(emptyCube());
});

test('an amount without postings stays: one posting in, another one out', () => {
  const [five, three] = [5, 3].map((minor, position) =>
    foldPostings([entry(position, `2022-06-30 cash capex ${minor}`)], 'log'),
  );
  if (!five || !three) throw new Error('two cubes');
  expect(cellsOf(addCubes(five, negateCube(three))).map(line)).toStrictEqual(['2022-06-30 cash capex 2 ×0']);
});

test('cells that come to nothing only when coarsened vanish, their account too', () => {
  const [a, b] = ['a', 'b'].map((member, position) =>
    foldPostings([entry(position, `2022-06-30 cash capex 5 [nature=${member}]`)], 'log'),
  );
  if (!a || !b) throw new Error('two cubes');
  const moved = addCubes(a, negateCube(b));
  expect(cellsOf(moved).length).toBe(2);
  expect(coarsen(moved, { ...everyAxis, dimensions: [] }).cells).toStrictEqual(new Map());
});

test('one member name in two dimensions is two cells', () => {
  const cube = foldPostings(
    [entry(0, '2022-06-30 cash capex 1 [a=x]', '2022-06-30 cash capex 2 [b=x]')],
    'log',
  );
  expect(cellsOf(cube).map(line)).toStrictEqual([
    '2022-06-30 cash capex 1 [a=x] ×1',
    '2022-06-30 cash capex 2 [b=x] ×1',
  ]);
});

test('the order in which cubes are added is not in the bytes', () => {
  const [log, scenario] = [foldPostings([acquired], 'log'), foldPostings([disposed], 'scenario')];
  expect(JSON.stringify(cubeToJson(addCubes(scenario, log)))).toBe(
    JSON.stringify(cubeToJson(addCubes(log, scenario))),
  );
});

test('the same cube is the same bytes, whatever the order of dimensions and axes', () => {
  const one = foldPostings([entry(0, '2022-06-30 cash capex 1 [b=1] [a=2]')], 'log');
  const other = foldPostings([entry(0, '2022-06-30 cash capex 1 [a=2] [b=1]')], 'log');
  expect(JSON.stringify(cubeToJson(one))).toBe(JSON.stringify(cubeToJson(other)));
  const [ab, ba] = [
    ['a', 'b'],
    ['b', 'a', 'b'],
  ].map((dimensions) => coarsen(one, { dimensions, day: true, movement: true, account: true }));
  expect(JSON.stringify(cubeToJson(ab ?? one))).toBe(JSON.stringify(cubeToJson(ba ?? other)));
});

test('adding a batch leaves the given cube alone and shares what it does not touch', () => {
  const base = foldPostings([acquired], 'log');
  const sum = addBatch(base, [entry(5, '2022-06-30 cash capex 1')], 'log');
  expect(total(base, { accounts: ['cash'] })).toBe(-100);
  expect(total(sum, { accounts: ['cash'] })).toBe(-99);
  expect(sum.cells.get('ppe.cost')).toBe(base.cells.get('ppe.cost'));
});

test('a builder is done when it has built', () => {
  const builder = cubeBuilder('log');
  builder.add(acquired.position, acquired.legs);
  expect(builder.build()).toStrictEqual(foldPostings([acquired], 'log'));
  expect(() => builder.add(more.position, more.legs)).toThrow('a built cube takes no more postings');
});

test('what a cube cannot answer is refused, never nil', () => {
  const { day, ...rest } = everyAxis;
  const cube = foldPostings([acquired], 'log');
  const coarse = coarsen(cube, { ...rest, day: !day, dimensions: ['class'] });
  const cash = { accounts: ['cash'] };
  expect(total(coarse, cash)).toBe(-100);
  expect(() => total(coarse, cash, { to: '2022-06-30' })).toThrow('the cube is not told apart by day');
  expect(() => total(coarse, { ...cash, where: { nature: ['a'] } })).toThrow('not told apart by nature');
  expect(() => selectLegs(coarse, cash, { from: '2022-01-01' })).toThrow('not told apart by day');
  const coarser = coarsen(coarse, { account: false, movement: false, day: false, dimensions: [] });
  expect(() => total(coarser, { ...cash, except: ['closing'] })).toThrow(
    'not told apart by account, movement',
  );
  expect(() => coarsen(coarse, everyAxis)).toThrow('no axes beyond those it was folded by');
  expect(() => addCubes(coarse, cube)).toThrow('cubes of different axes do not add');
});
