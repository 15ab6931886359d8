import { createRoot, hydrateRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { createBackend, meQuery, type Backend } from './api/queries.js';
import { askForFirstView } from './first-view/answers.js';
import type { Language } from './i18n/languages.js';
import { loadTexts } from './i18n/load-texts.js';
import { preferredLanguage } from './i18n/preferred-language.js';
import { goneBack, inWorkspace } from './model/place.js';
import { Root } from './root.js';
import { reshapeWhenFontsCome } from './ui/reshape-text.js';
import { tourSeen } from './ui/tour.js';
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

if (!goneBack()) await start();

/** Takes over the page where it came drawn as this browser would draw it; draws it anew where it did not. */
async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no element with the id "root"');
  reshapeWhenFontsCome();
  const backend = createBackend((...request) => fetch(...request));
  const language = preferredLanguage();
  const cameDrawn = root.hasChildNodes() && document.documentElement.lang === language && !tourSeen();
  const [texts, fits] = await Promise.all([
    loadTexts(language),
    cameDrawn ? isFirstView(backend, language) : false,
  ]);
  const app = (
    <Root
      backend={backend}
      texts={texts}
      place={(pages) => <BrowserRouter basename={inWorkspace('/')}>{pages}</BrowserRouter>}
    />
  );
  if (fits) hydrateRoot(root, app);
  else createRoot(root).render(app);
}

/** A page out of the browser's own memory may be older than a sign-in. */
async function isFirstView(backend: Backend, language: Language): Promise<boolean> {
  try {
    const [me] = await Promise.all([
      backend.client.query(meQuery(backend.api)),
      askForFirstView(backend, language),
    ]);
    return me.principal === null;
  } catch {
    return false;
  }
}
