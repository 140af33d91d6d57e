import type { FormValues } from '../parts/use-form.ts';
import type { Policies, Settings } from './wire.ts';

/** Forms hold plain values: a list is text with one entry a line. */
const lines = (value: unknown): string[] =>
  String(value ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const listOf = lines;
export const textOf = (list: readonly string[]): string => list.join('\n');

export const settingsForm = (s: Settings): FormValues => ({
  ...s,
  callbacks: textOf(s.callbacks),
  scopes: textOf(s.scopes),
});

export const settingsOf = (v: FormValues): Settings => ({
  label: String(v.label),
  description: String(v.description),
  contactEmail: String(v.contactEmail),
  contactPhone: String(v.contactPhone),
  infoUrl: String(v.infoUrl),
  logoUrl: String(v.logoUrl),
  iconUrl: String(v.iconUrl),
  distribution: String(v.distribution),
  oauth: v.oauth === true,
  callbacks: lines(v.callbacks),
  scopes: lines(v.scopes),
  jwt: v.jwt === true,
  certificate: v.jwt === true ? String(v.certificate) : '',
  clientCredentials: v.clientCredentials === true,
  secretForWeb: v.secretForWeb === true,
  secretForRefresh: v.secretForRefresh === true,
  pkce: v.pkce === true,
  rotate: v.rotate === true,
});

const usualPeriod = 365; // what the platform offers where there is none yet

export const policiesForm = (p: Policies): FormValues => ({
  ...p,
  sets: textOf(p.sets),
  profiles: textOf(p.profiles),
  period: String(p.period === 0 ? usualPeriod : p.period),
  sessionMinutes: String(p.sessionMinutes),
});

/** Whether a refresh token policy has a period. */
export const isSpecific = (refresh: unknown): boolean =>
  refresh === 'SpecificLifetime' || refresh === 'SpecificInactivity';

export const policiesOf = (v: FormValues): Policies => ({
  enabled: v.enabled === true,
  permitted: String(v.permitted),
  sets: lines(v.sets),
  profiles: lines(v.profiles),
  refresh: String(v.refresh),
  period: whole(v.period),
  unit: String(v.unit),
  ipRelaxation: String(v.ipRelaxation),
  sessionMinutes: whole(v.sessionMinutes),
  clientCredentials: v.clientCredentials === true,
  runAs: String(v.runAs),
});

/** A whole number; 0, which the server refuses where it matters, for anything else. */
function whole(value: unknown): number {
  const n = Number(String(value).trim());
  return Number.isSafeInteger(n) ? n : 0;
}
