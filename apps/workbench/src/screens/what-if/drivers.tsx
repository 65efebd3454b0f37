/** The drivers of the book, those that are parts of another one, or of one kind, folded together. */
import type { DriversDocument, WhatIfDocument } from '@tieout/documents';
import type { Problem } from '../../shell';
import type { Asked } from './asked';
import { DriverControl } from './driver';
import { grouped } from './grouped';
import type { Driver } from './level';

interface DriversView {
  readonly drivers: DriversDocument;
  readonly asked: Asked;
  readonly outcome: WhatIfDocument | undefined;
  readonly problem: Problem | undefined;
}

export function Drivers({ drivers, asked, outcome, problem }: DriversView) {
  const control = (driver: Driver) => (
    <DriverControl
      key={driver.id}
      {...{ driver, problem }}
      level={asked.levels.get(driver.id)}
      adjustment={outcome?.adjustments.find((each) => each.driver === driver.id)}
    />
  );
  if (drivers.length === 0) return <p className="muted">This book declares no drivers.</p>;
  return groupsOf(drivers).map(({ id, head, parts }) => {
    const moved = parts.filter((part) => asked.levels.has(part.id)).length;
    return (
      <div key={id} className="driver-group">
        {head && control(head)}
        {parts.length > 0 && (
          <details open={moved > 0 || undefined}>
            <summary>
              {head
                ? `${parts.length} ${parts.length === 1 ? 'variant or part' : 'variants and parts'}`
                : `${sharedName(parts)}: ${parts.length}`}
              {moved > 0 && `, ${moved} moved`}
            </summary>
            {parts.map(control)}
          </details>
        )}
      </div>
    );
  });
}

interface Group {
  readonly id: string;
  readonly head: Driver | undefined;
  readonly parts: readonly Driver[];
}

/** `impairment` heads `impairment.trade` and `impairment.other`; one alone is its own head. */
export function groupsOf(drivers: DriversDocument): readonly Group[] {
  const groups = grouped(drivers, ({ id }) => id.split('.')[0] ?? id);
  return groups.map(([id, members]) => {
    const head = members.find((each) => each.id === id) ?? (members.length === 1 ? members[0] : undefined);
    return { id, head, parts: members.filter((each) => each !== head) };
  });
}

/** The words that all names begin with. */
function sharedName(drivers: readonly Driver[]): string {
  const [first = [], ...others] = drivers.map(({ name }) => name.split(' '));
  const end = first.findIndex((word, index) => others.some((words) => words[index] !== word));
  return (end === -1 ? first : first.slice(0, end)).join(' ');
}
