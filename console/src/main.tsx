import type { ReactElement } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { oneAtATime, signInFromHere } from './api/become.js';
import { createBackend, meQuery, type Backend } from './api/queries.js';
import { askForFirstView } from './first-view/answers.js';
import type { Language } from './i18n/languages.js';
import { loadTexts, type Texts } from './i18n/load-texts.js';
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

const askServer: typeof fetch = (...request) => fetch(...request);

if (!goneBack()) await start();

/** Takes over the page where it came drawn as this browser would draw it; draws it anew where it did not. */
async function start(): Promise<void> {
  const place = document.getElementById('root');
  if (place === null) throw new Error('The page has no element with the id "root"');
  reshapeWhenFontsCome();
  const backend = createBackend(askServer);
  const language = preferredLanguage();
  const cameDrawn = place.hasChildNodes() && document.documentElement.lang === language && !tourSeen();
  const [texts, fits] = await Promise.all([
    loadTexts(language),
    cameDrawn ? isFirstView(backend, language) : false,
  ]);
  let persons = 0;
  let present = backend;
  const become = oneAtATime(async (becoming) => {
    const next = await signInFromHere(becoming, askServer);
    if (next === undefined) {
      window.location.assign(becoming.link);
      return;
    }
    const spoken = await loadTexts(preferredLanguage());
    // As after a new page: nothing of the one before is left.
    window.history.pushState(null, '', becoming.target);
    window.scrollTo(0, 0);
    const before = present;
    [present, persons] = [next, persons + 1];
    root.render(pages(spoken));
    before.client.clear();
  });
  const pages = (spoken: Texts): ReactElement => (
    <Root
      key={persons}
      backend={present}
      texts={spoken}
      become={become}
      place={(app) => <BrowserRouter basename={inWorkspace('/')}>{app}</BrowserRouter>}
    />
  );
  const root = fits ? hydrateRoot(place, pages(texts)) : createRoot(place);
  if (!fits) root.render(pages(texts));
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
