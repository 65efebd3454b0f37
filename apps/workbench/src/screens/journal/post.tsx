/**
 * Posting an entry: written in a form or as YAML, held against the ledger's rules without being written (dry run), and then
 * posted. What is sent is what `tieout post` reads.
 */
import type { AccountsDocument, BookDocument, PostDocument } from '@tieout/documents';
import { useState } from 'react';
import { announce, Loaded, ProblemShown, useDocument, useWrite } from '../../shell';
import { balanceOf, balances, noLeg, yamlOf, type Draft, type DraftLeg } from './draft';
import { Legs } from './legs';

interface Posting {
  readonly book: BookDocument;
  /** Called with the first entry that was posted. */
  readonly posted: (id: string) => void;
}

export function Post(posting: Posting) {
  return (
    <Loaded of={useDocument<AccountsDocument>('accounts')}>
      {(chart) => <PostForm {...posting} chart={chart} />}
    </Loaded>
  );
}

function PostForm({ book, posted, chart }: Posting & { readonly chart: AccountsDocument }) {
  const [draft, setDraft] = useState<Draft>({
    ...{ id: `JE-${book.revision}`, event: 'EntryPosted', description: '', reasoning: '' },
    date: book.periods.at(-1)?.to ?? '',
    legs: [noLeg, noLeg],
  });
  /** What is written as YAML; undefined while the form is what counts. */
  const [text, setText] = useState<string>();
  const { send, data, problem, pending, reset } = useWrite<PostDocument>();
  const change = (changed: Partial<Draft>): void => {
    reset();
    setDraft({ ...draft, ...changed });
  };
  const sent = text ?? yamlOf(draft);
  const balance = balanceOf(draft);
  const post = async (dryRun: boolean): Promise<void> => {
    const params = dryRun ? { dryRun } : {};
    const { document } = await send('entries', { body: sent, type: 'application/yaml', params });
    const first = document?.entries[0];
    if (!first) return;
    announce(document.entries.map(({ entry, result }) => `${entry} ${result}`).join(', '));
    if (!dryRun) posted(first.entry);
  };
  return (
    <form
      className="panel post-form stack"
      onSubmit={(event) => {
        event.preventDefault();
        void post(false);
      }}
    >
      {text === undefined ? (
        <>
          <Head draft={draft} change={change} chart={chart} />
          <Legs legs={draft.legs} chart={chart} change={(legs: readonly DraftLeg[]) => change({ legs })} />
          <p role="status" className={balances(balance) ? 'state-ties' : 'muted'} data-plain="">
            {`debits ${balance.debits.toLocaleString('en')}, credits ${balance.credits.toLocaleString('en')} ${chart.amounts}: `}
            {balances(balance) ? '✓ balanced' : difference(balance)}
          </p>
        </>
      ) : (
        <label className="stack">
          Entries as YAML: one, or a list
          <textarea
            className="post-text"
            spellCheck={false}
            rows={14}
            value={text}
            onChange={({ target }) => {
              reset();
              setText(target.value);
            }}
          />
        </label>
      )}
      {problem && <ProblemShown problem={problem} />}
      {data && !problem && (
        <p className="state-ties" data-plain="">
          {data.entries.map(({ entry, result }) => `✓ ${entry} ${result}`).join(', ')}
        </p>
      )}
      <div className="toolbar">
        <button type="button" className="button" disabled={pending} onClick={() => void post(true)}>
          Check (dry run)
        </button>
        <button type="submit" className="button primary" disabled={pending}>
          Post
        </button>
        <button
          type="button"
          className="button quiet"
          onClick={() => setText(text === undefined ? yamlOf(draft) : undefined)}
        >
          {text === undefined ? 'Write it as YAML' : 'Back to the form'}
        </button>
      </div>
    </form>
  );
}

function difference({ debits, credits, hint }: ReturnType<typeof balanceOf>): string {
  const size = debits > credits ? debits - credits : credits - debits;
  const text = size === 0n ? 'nothing yet' : `difference ${size.toLocaleString('en')}`;
  return hint === undefined ? text : `${text}, ${hint}`;
}

interface HeadForm {
  readonly draft: Draft;
  readonly change: (changed: Partial<Draft>) => void;
  readonly chart: AccountsDocument;
}

/** What happened, and when. */
function Head({ draft: { id, event, date, description, reasoning }, change, chart }: HeadForm) {
  return (
    <div className="post-head">
      <label>
        <span>Entry</span>
        <input required value={id} onChange={({ target }) => change({ id: target.value })} />
      </label>
      <label>
        <span>Records</span>
        <select value={event} onChange={({ target }) => change({ event: target.value })}>
          {chart.events.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      <label>
        <span>Date</span>
        <input type="date" required value={date} onChange={({ target }) => change({ date: target.value })} />
      </label>
      <label className="wide">
        <span>Description</span>
        <input
          required
          value={description}
          onChange={({ target }) => change({ description: target.value })}
        />
      </label>
      <label className="wide">
        <span>Reasoning</span>
        <input value={reasoning} onChange={({ target }) => change({ reasoning: target.value })} />
      </label>
    </div>
  );
}
