/**
 * What the statements would be: scenarios and drivers to ask with, and what comes of asking.
 *
 * Nothing of it is a reported figure, and every document of a what-if says so (`hypothetical`).
 */
import * as z from 'zod';
import { decimal } from './money';

const minor = z
  .string()
  .regex(/^-?\d+$/)
  .meta({ description: 'Whole minor units, debit positive' });

const rules = z
  .record(z.string(), z.string())
  .meta({ description: 'What follows from an adjustment: tax, nci, cash', example: { tax: 'hold' } });

export const scenariosDocument = z
  .array(
    z.object({
      id: z.string(),
      title: z.string(),
      note: z.string().nullable(),
      adjustments: z.int(),
      rules,
    }),
  )
  .meta({ id: 'Scenarios', description: 'The scenarios of the book' });

export const driversDocument = z
  .array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.string(),
      unit: z.string(),
      period: z.string().optional(),
      level: z.string().nullable().meta({ description: 'Where it stands now' }),
      base: z.string().meta({ description: 'What its present level rests on: disclosed, derived, assumed' }),
      illustrative: z.boolean(),
      range: z.object({ from: z.string(), to: z.string(), outside: z.string() }).nullable(),
      note: z.string().nullable(),
    }),
  )
  .meta({ id: 'Drivers', description: 'What can be moved, and where it stands' });

export const whatIfDocument = z
  .object({
    schema: z.literal('tieout.whatif/1'),
    book: z.string(),
    revision: z.int(),
    hypothetical: z.literal(true),
    basis: z.string(),
    scenario: z.object({ id: z.string(), title: z.string(), note: z.string().nullable(), rules }),
    adjustments: z.array(
      z.object({
        kind: z.string(),
        text: z.string(),
        driver: z.string().nullable(),
        unit: z.string().nullable(),
        before: z.string().nullable(),
        after: z.string().nullable(),
        base: z.string().nullable(),
        illustrative: z.boolean(),
      }),
    ),
    entries: z.array(
      z.object({
        id: z.string(),
        event: z.string(),
        date: z.string(),
        description: z.string(),
        rule: z.string(),
        adjustment: z.int(),
        follows: z.boolean(),
        of: z.string().nullable(),
        postings: z.array(
          z.object({
            account: z.string(),
            movement: z.string(),
            minor,
            amount: decimal.meta({ description: 'The same in the unit of the book, debit positive' }),
            unit: z.string(),
            dimensions: z.record(z.string(), z.string()),
          }),
        ),
      }),
    ),
    changes: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        statement: z.string(),
        unit: z.string(),
        before: z.string().nullable(),
        after: z.string().nullable(),
        change: z.string().nullable(),
        percent: z.string().nullable(),
        decimals: z.int().meta({ description: 'The places with which the figure is printed' }),
        notDeterminable: z.string().optional(),
      }),
    ),
    contributions: z.array(
      z.object({ id: z.string(), by: z.array(z.object({ adjustment: z.int(), change: z.string() })) }),
    ),
    invariants: z.object({ held: z.int(), broken: z.int() }),
    publishedTies: z
      .object({ agree: z.int(), differ: z.int(), differing: z.array(z.string()) })
      .meta({ description: 'Published figures beside the scenario: that some differ is what it is for' }),
    warnings: z.array(z.string()),
    notes: z.array(z.string()),
    patch: z.array(z.object({ op: z.literal('replace'), path: z.string(), value: z.string().nullable() })),
  })
  .meta({ id: 'WhatIf', description: 'One what-if: what it posts, what it changes, and what still holds' });

export const whatIfCompareDocument = z
  .object({ schema: z.literal('tieout.whatif-compare/1'), scenarios: z.array(whatIfDocument) })
  .meta({ id: 'WhatIfCompare', description: 'Scenarios side by side, each alone' });

export const whatIfBridgeDocument = z
  .object({
    schema: z.literal('tieout.whatif-bridge/1'),
    id: z.string(),
    unit: z.string(),
    before: z.string().nullable(),
    after: z.string().nullable(),
    contributions: z.array(z.object({ adjustment: z.int(), change: z.string() })),
  })
  .meta({ id: 'WhatIfBridge', description: 'What each adjustment does to one figure' });

export const whatIfSeekDocument = z
  .object({
    schema: z.literal('tieout.whatif-seek/1'),
    figure: z.string(),
    value: z.string(),
    by: z.string(),
    unit: z.string(),
    level: z.string(),
    how: z.enum(['exact', 'bracketed']),
    reached: z.string(),
    residual: z.string().meta({ description: 'What rounding to minor units leaves of the goal' }),
    steps: z.int(),
    whatif: whatIfDocument,
  })
  .meta({ id: 'WhatIfSeek', description: 'The level of a driver at which a figure is what one asks' });

export const whatIfTornadoDocument = z
  .object({
    schema: z.literal('tieout.whatif-tornado/1'),
    figure: z.string(),
    unit: z.string(),
    percent: z.string(),
    bars: z
      .array(z.object({ driver: z.string(), base: z.string(), low: z.string(), high: z.string() }))
      .meta({ description: 'The widest first: the change of the figure with the driver moved down and up' }),
    left: z.array(z.object({ driver: z.string(), why: z.string() })),
  })
  .meta({ id: 'WhatIfTornado', description: 'What each driver alone does to a figure' });

const axis = z.object({ driver: z.string(), levels: z.array(z.string()) });

export const whatIfTableDocument = z
  .object({
    schema: z.literal('tieout.whatif-table/1'),
    figure: z.string(),
    unit: z.string(),
    rows: axis,
    columns: axis,
    values: z.array(z.array(z.string().nullable())),
  })
  .meta({ id: 'WhatIfTable', description: 'A figure over the levels of two drivers' });

const end = z.object({
  minor: minor.nullable(),
  how: z.enum(['proved', 'about', 'unbounded', 'not-found']),
  heldBy: z.object({ facts: z.array(z.string()), accounts: z.array(z.string()) }).nullable(),
  why: z.string().nullable(),
});

export const whatIfRangeDocument = z
  .object({
    schema: z.literal('tieout.whatif-resting/1'),
    figure: z.string(),
    unit: z.string(),
    amount: z.record(z.string(), minor).meta({ description: 'By what the amounts of its entries rest on' }),
    allocation: z.record(z.string(), minor),
    entries: z.array(z.string()).meta({ description: 'Those that assume something' }),
    range: z.object({
      now: minor,
      low: end,
      high: end,
      freeEntries: z.array(z.string()),
      held: z.object({ exact: z.int(), rounded: z.int() }),
    }),
  })
  .meta({
    id: 'WhatIfRange',
    description: 'How far a figure could be another one if what nobody disclosed were',
  });

const sets = z
  .array(z.string().max(200))
  .max(100)
  .default([])
  .meta({ description: 'Levels and rules, NAME=VALUE', example: ['impairment=+20%', 'tax=15%'] });

/** What is asked: scenarios of the book by their ids, one written out, and levels set on top. */
export const whatIfBody = z
  .strictObject({
    scenarios: z.array(z.string().max(200)).max(20).default([]).meta({ example: [] }),
    yaml: z.string().max(100_000).optional().meta({ description: 'A scenario as its file has it' }),
    set: sets,
  })
  .meta({ id: 'WhatIfAsked', example: { set: ['impairment=+20%'] } });

export const whatIfBridgeBody = whatIfBody
  .extend({ figure: z.string() })
  .meta({ id: 'WhatIfBridgeAsked', example: { figure: 'is.loss@2022H1', set: ['impairment=+20%'] } });

export const whatIfSeekBody = z
  .strictObject({
    figure: z.string(),
    value: z.string().max(100),
    by: z.string().meta({ description: 'The driver' }),
    set: sets,
  })
  .meta({
    id: 'WhatIfSeekAsked',
    example: { figure: 'is.loss@2022H1', value: '-3000000', by: 'impairment' },
  });

export const whatIfTornadoBody = z
  .strictObject({ figure: z.string(), percent: z.string().max(20).default('10'), set: sets })
  .meta({ id: 'WhatIfTornadoAsked', example: { figure: 'is.loss@2022H1' } });

const levels = z.strictObject({ driver: z.string(), levels: z.array(z.string().max(50)).min(1).max(25) });

export const whatIfTableBody = z
  .strictObject({ figure: z.string(), rows: levels, columns: levels, set: sets })
  .meta({
    id: 'WhatIfTableAsked',
    example: {
      figure: 'is.loss@2022H1',
      rows: { driver: 'impairment', levels: ['-10%', '+10%'] },
      columns: { driver: 'rmb-hkd', levels: ['0', '1', '2'] },
    },
  });

export const whatIfRangeBody = z
  .strictObject({ figure: z.string() })
  .meta({ id: 'WhatIfRangeAsked', example: { figure: 'note14-security.deposit-loan@2022-06-30' } });

/** A scenario as a file has it: to be saved, reviewed and run again. */
export const whatIfSavedDocument = z
  .object({
    schema: z.literal('tieout.whatif-saved/1'),
    yaml: z.string(),
  })
  .meta({
    id: 'WhatIfSaved',
    description: 'The scenario as a file, which changes what the shown one changes',
  });

export const whatIfSavedBody = whatIfBody
  .extend({
    id: z
      .string()
      .regex(/^[\w.-]{1,80}$/)
      .meta({ description: 'The name of the file, without its ending' }),
  })
  .meta({ id: 'WhatIfSavedAsked', example: { id: 'mine', set: ['impairment=+20%'] } });

export type ScenariosDocument = z.infer<typeof scenariosDocument>;
export type DriversDocument = z.infer<typeof driversDocument>;
export type WhatIfDocument = z.infer<typeof whatIfDocument>;
export type WhatIfCompareDocument = z.infer<typeof whatIfCompareDocument>;
export type WhatIfBridgeDocument = z.infer<typeof whatIfBridgeDocument>;
export type WhatIfSeekDocument = z.infer<typeof whatIfSeekDocument>;
export type WhatIfTornadoDocument = z.infer<typeof whatIfTornadoDocument>;
export type WhatIfTableDocument = z.infer<typeof whatIfTableDocument>;
export type WhatIfRangeDocument = z.infer<typeof whatIfRangeDocument>;
export type WhatIfSavedDocument = z.infer<typeof whatIfSavedDocument>;
export type WhatIfBody = z.infer<typeof whatIfBody>;
