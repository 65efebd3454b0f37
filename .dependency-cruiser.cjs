/**
 * Which room may import which: design by table. One row a room, and the rules follow from the rows.
 *
 * Rooms meet by `@tieout/NAME` only, which npm links to the room's folder and its index.ts; this check sees through the link.
 */
const core = ['money', 'ledger', 'cube', 'statements', 'proof', 'what-if'];

/** room → the rooms that it may import. Apps may import any lib. */
const mayImport = {
  events: [],
  money: [],
  ledger: ['money', 'events'],
  cube: ['money', 'ledger'],
  statements: ['money', 'ledger', 'cube'],
  proof: ['money', 'ledger', 'cube', 'statements', 'events'],
  'what-if': ['money', 'ledger', 'cube', 'statements', 'proof', 'events'],
  'event-log': ['events'],
  kurrentdb: ['events', 'event-log'],
  book: ['events', ...core],
  interchange: ['events', ...core],
  projections: ['events', ...core, 'event-log'],
  simulate: ['events', 'money', 'ledger'],
  documents: [],
  answers: ['events', ...core, 'interchange', 'book', 'event-log', 'kurrentdb', 'projections', 'documents'],
  access: [],
  views: ['money', 'documents'],
};

const folder = (room) => (room === 'events' ? '^events/' : `^libs/${room}/`);
const anyOf = (names) => `(${names.join('|')})`;
const spec = '\\.spec\\.ts$';

module.exports = {
  forbidden: [
    ...Object.entries(mayImport).map(([room, allowed]) => ({
      name: `${room}-imports`,
      severity: 'error',
      comment: `${room} may import ${allowed.join(', ') || 'nothing of ours'}`,
      from: { path: folder(room) },
      to: { path: '^(events|libs|apps|test|bench)/', pathNot: [room, ...allowed].map(folder) },
    })),
    {
      name: 'unknown-room',
      severity: 'error',
      comment: 'a lib without a row in .dependency-cruiser.cjs: say there what it may import',
      from: { path: '^libs/', pathNot: Object.keys(mayImport).map(folder) },
      to: {},
    },
    {
      name: 'by-index-only',
      severity: 'error',
      comment: 'another room is imported as @tieout/NAME, and gives what its index.ts lists',
      from: { path: '^(libs/[^/]+|apps/[^/]+|events|test|bench)/' },
      to: {
        path: '^(libs/[^/]+|events)/',
        pathNot: ['^$1/', '^(libs/[^/]+|events)/index\\.ts$', '^libs/event-log/src/contract\\.ts$'],
      },
    },
    {
      name: 'contract-in-specs',
      severity: 'error',
      comment: 'the contract suite of a log calls jest: it is for specs',
      from: { path: '^(libs|apps|events|bench)/', pathNot: [spec, '^libs/event-log/'] },
      to: { path: '^libs/event-log/src/contract\\.ts$' },
    },
    {
      name: 'nobody-imports-apps',
      severity: 'error',
      comment: 'apps and test stand at the end: nothing imports them',
      from: { path: '^(libs/[^/]+|apps/[^/]+|events|test|bench)/' },
      to: { path: '^(apps/[^/]+|test|bench)/', pathNot: '^$1/' },
    },
    {
      name: 'core-is-pure',
      severity: 'error',
      comment: 'the core and the events know no Nest, store, Immer, solver or command line',
      from: { path: `^(events|libs/${anyOf(core)})/`, pathNot: spec },
      to: {
        path: '(^|/)node_modules/(@nestjs|immer|libsql|@libsql|@kurrent|rxjs|reflect-metadata|commander|highs)(/|$)',
      },
    },
    {
      name: 'core-without-files',
      severity: 'error',
      comment: 'the core and the events read no file and ask no machine; of node, hashing only',
      from: { path: `^(events|libs/${anyOf(core)})/`, pathNot: spec },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'nest-in-projections-and-apps',
      severity: 'error',
      comment: 'Nest and Immer live in projections and apps',
      from: { path: '^(libs|events)/', pathNot: '^libs/projections/' },
      to: { path: '(^|/)node_modules/(@nestjs|immer|rxjs|reflect-metadata)(/|$)' },
    },
    {
      name: 'decimals-in-money',
      severity: 'error',
      comment: 'decimal.js is for ratios, rates and per-share figures, in libs/money',
      from: { path: '^(events|libs|apps)/', pathNot: '^libs/money/' },
      to: { path: '(^|/)node_modules/decimal\\.js(/|$)' },
    },
    {
      name: 'resolves',
      severity: 'error',
      comment: 'an import that leads nowhere could not be checked',
      from: { path: '^(events|libs|apps|test|bench)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '(^|/)(dist|coverage)/' },
    // Types too: an import of a type is knowledge of a room all the same.
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'types', 'default'],
    },
  },
};
