import '@patchcord/ui/font.css';
import './storage-access.css';
import { type Ask, landing, readAsk, type Said, type Texts } from './storage-ask.ts';

const usual: Texts = {
  title: 'Allow access to cookies',
  accessBannerDescription:
    'This browser withholds cookies from pages that are shown inside others. Amazon Connect needs its own to sign you in.',
  denyBannerDescription:
    'The browser did not allow it. Sign in to Amazon Connect in a window of its own first, then try again.',
  accessBannerButtonText: 'Grant access',
  denyBannerButtonText: 'Try again',
};

/** What the page that frames this one hears; it alone began the conversation. */
type Tell = (said: Said, hasAccess: boolean) => void;

window.addEventListener('message', (e) => {
  if (e.source !== window.parent || window.parent === window) return;
  const ask = readAsk(e.data);
  if (ask === null) return;
  const tell: Tell = (said, hasAccess) =>
    window.parent.postMessage({ event: `storageAccess::${said}`, data: { hasAccess } }, e.origin);
  void begin(ask, tell);
});

async function begin(ask: Ask, tell: Tell): Promise<void> {
  const has = (await document.hasStorageAccess()) || (await allowedBefore());
  tell('init', has);
  if (has) enter(ask, tell);
  else show(ask, tell, false);
}

/** A browser that has been asked before gives access again without a question; a page of its own does not have it yet. */
async function allowedBefore(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'storage-access' as PermissionName });
    return state === 'granted' && (await request());
  } catch {
    return false; // a browser that does not know the name
  }
}

const request = (): Promise<boolean> =>
  document.requestStorageAccess().then(
    () => true,
    () => false,
  );

function enter(ask: Ask, tell: Tell): void {
  tell('granted', true);
  window.location.replace(landing(ask.landat, window.location.origin)); // by the page itself: else the access is lost
}

function show(ask: Ask, tell: Tell, denied: boolean): void {
  const banner = document.querySelector<HTMLElement>('#banner');
  if (!banner) return;
  const say = (name: keyof Texts) => ask.texts[name] || usual[name];
  const title = document.createElement('h1');
  title.textContent = say('title');
  const words = document.createElement('p');
  words.textContent = say(denied ? 'denyBannerDescription' : 'accessBannerDescription');
  if (denied) words.setAttribute('role', 'alert');
  const grant = document.createElement('button');
  grant.type = 'button';
  grant.textContent = say(denied ? 'denyBannerButtonText' : 'accessBannerButtonText');
  grant.addEventListener('click', () => {
    grant.disabled = true;
    void request().then((allowed) => {
      if (allowed) {
        enter(ask, tell);
        return;
      }
      tell('denied', false);
      show(ask, tell, true);
    });
  });
  banner.replaceChildren(title, words, grant);
  if (denied) grant.focus();
}
