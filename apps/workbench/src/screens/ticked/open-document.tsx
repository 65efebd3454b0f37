/** Opening a document: a text file, or text that is pasted. It stays in the reader's browser but for being ticked. */
import type { TickDocument } from '@tieout/documents';
import { useState } from 'react';
import { announce, Dialog, ProblemShown, useLive, usePost } from '../../shell';
import { MAX_BYTES, opened } from './opened';

export function OpenDocument() {
  const { send, problem, pending, reset } = usePost<TickDocument>();
  const [pasting, paste] = useState(false);
  const [refused, refuse] = useState<string>();
  const document = opened.use();
  const { revision } = useLive();
  const tick = async (name: string, text: string): Promise<void> => {
    if (new Blob([text]).size > MAX_BYTES)
      return refuse(`${name} is longer than the server takes: 8 MB of text`);
    refuse(undefined);
    opened.set({ name, text });
    const { document: ticks } = await send('ticks', { body: text, type: 'text/plain', params: { name } });
    if (!ticks) return opened.set(undefined);
    opened.set({ name, text, ticks });
    announce(`${ticks.numbers.length.toLocaleString('en')} numbers ticked`);
  };
  const moved =
    document?.ticks !== undefined && revision !== undefined && document.ticks.revision !== revision;
  return (
    <>
      <label className="button">
        Open a text…
        <input
          className="vh"
          type="file"
          accept=".txt,.text,.md,.csv,.tsv,text/*"
          disabled={pending}
          onChange={({ target }) => {
            const file = target.files?.[0];
            target.value = '';
            if (file) void file.text().then((text) => tick(file.name, text));
          }}
        />
      </label>
      <button type="button" className="button" disabled={pending} onClick={() => paste(true)}>
        Paste…
      </button>
      {document && (
        <button type="button" className="button" disabled={pending} onClick={() => opened.set(undefined)}>
          Close {document.name}
        </button>
      )}
      {document && moved && (
        <button
          type="button"
          className="button"
          disabled={pending}
          onClick={() => void tick(document.name, document.text)}
        >
          Rev {revision} is new: tick again
        </button>
      )}
      {(problem !== undefined || refused !== undefined) && (
        <Dialog
          label="The document cannot be ticked"
          close={() => {
            reset();
            refuse(undefined);
          }}
        >
          <h2>The document cannot be ticked</h2>
          {refused !== undefined && <p>{refused}</p>}
          {problem && <ProblemShown problem={problem} />}
        </Dialog>
      )}
      {pasting && (
        <Dialog label="Paste a text" close={() => paste(false)}>
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              const text = new FormData(event.currentTarget).get('text');
              paste(false);
              if (typeof text === 'string' && text.trim() !== '') void tick('pasted text', text);
            }}
          >
            <label className="stack">
              The text of the report, tables and prose
              <textarea name="text" rows={14} required spellCheck={false} />
            </label>
            <div className="row">
              <button type="submit" className="button primary">
                Tick it
              </button>
              <button type="button" className="button" onClick={() => paste(false)}>
                Cancel
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
