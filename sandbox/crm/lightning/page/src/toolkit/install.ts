import { openCti } from './opencti.ts';

/** What a softphone page gets from including the script: the one global, beside whatever else stands there. */
window.sforce = { ...window.sforce, opencti: openCti(window) };
