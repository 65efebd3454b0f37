/** Taking a scenario along: as a file that can be reviewed and run again, or as a link. The server keeps none of them. */
import type { WhatIfBody, WhatIfSavedDocument } from '@tieout/documents';
import { useState } from 'react';
import { announce, copy, Dialog, ProblemShown, usePost } from '../../shell';

export function Save({ body }: { readonly body: WhatIfBody | undefined }) {
  const [naming, name] = useState(false);
  const { send, problem, pending, reset } = usePost<WhatIfSavedDocument>();
  const close = (): void => {
    name(false);
    reset();
  };
  return (
    <>
      <button type="button" className="button" disabled={!body} onClick={() => name(true)}>
        Save…
      </button>
      <button
        type="button"
        className="button quiet"
        onClick={() =>
          void copy(location.href).then((copied) =>
            announce(copied ? 'Copied' : `Cannot copy here: ${location.href}`),
          )
        }
      >
        Copy link
      </button>
      {naming && (
        <Dialog label="Save the scenario" close={close}>
          <h2>Save the scenario</h2>
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              const id = new FormData(event.currentTarget).get('id');
              if (typeof id !== 'string') return;
              void send('what-if/saved', { body: { ...body, id } }).then(({ document }) => {
                if (!document) return;
                download(`${id}.yaml`, document.yaml);
                announce(`${id}.yaml is saved: tieout whatif ${id}.yaml`);
                close();
              });
            }}
          >
            <label className="stack">
              Name of the file, without .yaml
              <input name="id" required pattern="[\w.\-]{1,80}" defaultValue="mine" />
            </label>
            {problem && <ProblemShown problem={problem} />}
            <div className="row">
              <button type="submit" className="button primary" disabled={pending}>
                Save
              </button>
              <button type="button" className="button" onClick={close}>
                Cancel
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
