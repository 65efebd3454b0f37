/** Scenarios of the book, one on top of the other; entries that are left out; and the rules by which consequences follow. */
import type { ScenariosDocument } from '@tieout/documents';
import { go, hrefTo, usePlace } from '../../shell';
import type { Asked, Rule } from './asked';

interface StackView {
  readonly scenarios: ScenariosDocument;
  readonly asked: Asked;
}

export function Stack({ scenarios, asked }: StackView) {
  const place = usePlace();
  const titles = new Map(scenarios.map(({ id, title }) => [id, title]));
  const left = scenarios.filter(({ id }) => !asked.scenarios.includes(id));
  const without = (ids: readonly string[], id: string) =>
    ids.filter((each) => each !== id).join(',') || undefined;
  return (
    <>
      {left.length > 0 && (
        <label className="stack">
          Scenarios of the book
          <select
            value=""
            onChange={({ target }) =>
              go({ search: { scenario: [...asked.scenarios, target.value].join(',') } })
            }
          >
            <option value="">Add one…</option>
            {left.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      {(asked.scenarios.length > 0 || asked.without.length > 0) && (
        <ol className="plain taken">
          {asked.scenarios.map((id) => (
            <li key={id}>
              {titles.get(id) ?? id}{' '}
              <a href={hrefTo(place, { search: { scenario: without(asked.scenarios, id) } })}>remove</a>
            </li>
          ))}
          {asked.without.map((id) => (
            <li key={id}>
              Without <span data-plain="">{id}</span>{' '}
              <a href={hrefTo(place, { search: { without: without(asked.without, id) } })}>remove</a>
            </li>
          ))}
        </ol>
      )}
      <div className="rules">
        <RuleChoice
          rule="tax"
          label="Tax"
          {...{ asked }}
          choices={['hold', '15%', '25%']}
          own="a rate, as 16.5%"
        />
        <RuleChoice
          rule="nci"
          label="Non-controlling interests"
          {...{ asked }}
          choices={['hold', 'entity']}
          own="a share, as 1.5%"
        />
        <RuleChoice rule="cash" label="Cash" {...{ asked }} choices={['non-cash', 'settled']} />
      </div>
    </>
  );
}

interface RuleView {
  readonly rule: Rule;
  readonly label: string;
  readonly asked: Asked;
  readonly choices: readonly string[];
  /** What may be written instead of a choice. */
  readonly own?: string;
}

const said: Readonly<Record<string, string>> = {
  hold: 'held',
  entity: 'by entity',
  'non-cash': 'not settled',
  settled: 'settled at once',
};

/** The first choice is what holds where nothing is said. */
function RuleChoice({ rule, label, asked, choices, own }: RuleView) {
  const value = asked.rules[rule];
  const choose = (text: string): void => {
    if (text !== (value ?? choices[0])) go({ search: { [rule]: text === choices[0] ? undefined : text } });
  };
  const shown = value ?? choices[0] ?? '';
  return (
    <label className="stack">
      {label}
      {own === undefined ? (
        <select value={shown} onChange={({ target }) => choose(target.value)}>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {said[choice] ?? choice}
            </option>
          ))}
        </select>
      ) : (
        <>
          <input
            key={shown}
            list={`rules-${rule}`}
            size={9}
            defaultValue={shown}
            title={`${choices.join(', ')}, or ${own}`}
            onBlur={({ target }) => choose(target.value.trim() || (choices[0] ?? ''))}
            onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
          />
          <datalist id={`rules-${rule}`}>
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {said[choice] ?? choice}
              </option>
            ))}
          </datalist>
        </>
      )}
    </label>
  );
}
