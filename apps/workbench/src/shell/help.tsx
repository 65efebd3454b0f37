/** `?`: the keys that act where the reader is, and the legend of the states. */
import { stateWord, StateMark, statesInOrder } from '@tieout/views';
import { Dialog } from './dialog';
import { useKeys, useKeysShown } from './keys';
import { source } from './source';

export const keysHelp = source(false);

const meaning: Readonly<Record<(typeof statesInOrder)[number], string>> = {
  ties: 'exact',
  'within-rounding': 'what is printed is what the exact amount rounds to',
  repaired: 'the reading was lost or damaged and is inferred from others',
  explained: 'it does not tie, and the book records why, by whom and when',
  'does-not-tie': 'it contradicts another print, or the entries',
  untested: 'nothing was there to hold it against',
};

export function KeysHelp() {
  useKeys({ '?': ['keys and signs', () => keysHelp.set(true)] });
  return keysHelp.use() ? <Help /> : null;
}

function Help() {
  const keys = useKeysShown();
  return (
    <Dialog label="Keys and signs" close={() => keysHelp.set(false)}>
      <h2>Keys</h2>
      <dl className="keys" data-plain="">
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key.replace('Mod+', 'Ctrl/⌘ ')}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <h2>Signs</h2>
      <dl className="keys">
        {statesInOrder.map((state) => (
          <div key={state}>
            <dt>
              <StateMark state={state} />
            </dt>
            <dd>
              <strong>{stateWord(state)}</strong>: {meaning[state]}
            </dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button className="button">Close</button>
      </form>
    </Dialog>
  );
}
