import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { ApiContext, createBackend } from './api/queries.js';
import { App } from './app.js';
import { I18nProvider } from './i18n/i18n.js';
import { goneBack, inWorkspace } from './model/place.js';
import { reshapeWhenFontsCome } from './ui/reshape-text.js';
import './styles/fonts.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/parts.css';
import './styles/start.css';
import './styles/lists.css';
import './styles/forms.css';
import './styles/blocks.css';
import './styles/case.css';
import './styles/story.css';
import './styles/menu.css';
import './styles/questions.css';
import './styles/my.css';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element with the id "root"');
const { api, client } = createBackend((...request) => fetch(...request));
if (!goneBack()) {
  reshapeWhenFontsCome();
  createRoot(root).render(
    <QueryClientProvider client={client}>
      <ApiContext value={api}>
        <I18nProvider>
          <BrowserRouter basename={inWorkspace('/')}>
            <App />
          </BrowserRouter>
        </I18nProvider>
      </ApiContext>
    </QueryClientProvider>,
  );
}
