import '@salesforce-ux/design-system/assets/styles/salesforce-lightning-design-system.min.css';
import '@patchcord/ui/font.css';
import '@patchcord/ui/ui.css';
import './console.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { Api, fetchSession } from './api.ts';
import { Alert, words } from './shell/parts.tsx';

async function begin(root: HTMLElement) {
  const page = createRoot(root);
  try {
    const session = await fetchSession();
    const api = new Api(session.instances[0]?.id ?? '', session.csrf);
    page.render(<App session={session} api={api} />);
  } catch (error) {
    page.render(<Alert>{words(error)}</Alert>);
  }
}

const root = document.getElementById('app');
if (root) void begin(root);
