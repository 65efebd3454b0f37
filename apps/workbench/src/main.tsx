/** The workbench: the statements of a book in a browser, and everything behind them. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './shell/app';
import { hearKeys } from './shell/keys';
import { followAddress } from './shell/place';
import { showTheme } from './shell/settings';
import './style/workbench.css';

showTheme();
followAddress();
hearKeys();

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
