/** The server wants to know who asks: the token that `tieout token add` showed once. It is kept in a cookie that no script can read. */
import { useState } from 'react';
import { Dialog } from './dialog';
import { signIn, signInNeeded, type Problem } from './documents';
import { ProblemShown } from './loaded';

export function SignIn() {
  return signInNeeded.use() ? <TokenDialog /> : null;
}

function TokenDialog() {
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState<Problem>();
  return (
    <Dialog label="Sign in" close={() => signInNeeded.set(false)}>
      <h2>Sign in</h2>
      <p>
        This server asks who you are. Give the token that <code>tieout token add</code> showed.
      </p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void signIn(token.trim()).then(setProblem);
        }}
      >
        <label className="stack">
          Token
          <input
            type="password"
            autoComplete="current-password"
            required
            value={token}
            onChange={({ target }) => setToken(target.value)}
          />
        </label>
        {problem && <ProblemShown problem={problem} />}
        <button className="button primary">Sign in</button>
      </form>
    </Dialog>
  );
}
