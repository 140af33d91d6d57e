import '@salesforce-ux/design-system/assets/styles/salesforce-lightning-design-system.min.css';
import './theme.css';
import './admin.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { Api } from './api.ts';

const place = document.getElementById('app');
if (place) createRoot(place).render(<App api={new Api()} />);
