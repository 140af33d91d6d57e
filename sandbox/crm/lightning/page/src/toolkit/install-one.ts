import { sforceOne } from './sforce-one.ts';

/** What a Visualforce page in the console gets without asking: `sforce.one`, beside whatever else stands at `sforce`. */
const one = sforceOne(window);
if (one) window.sforce = { ...window.sforce, one };
