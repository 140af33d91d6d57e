import { describe, expect, it } from 'vitest';
import { policiesForm, policiesOf, settingsForm, settingsOf } from './app-form.ts';
import type { Policies, Settings } from './wire.ts';

const settings: Settings = {
  label: 'Wallboard',
  description: '',
  contactEmail: 'ada@x.example',
  contactPhone: '',
  infoUrl: '',
  logoUrl: '',
  iconUrl: '',
  distribution: 'Local',
  oauth: true,
  callbacks: ['https://a.example/back', 'app://back'],
  scopes: ['Api', 'RefreshToken'],
  jwt: false,
  certificate: '',
  clientCredentials: false,
  secretForWeb: true,
  secretForRefresh: true,
  pkce: true,
  rotate: false,
};

const policies: Policies = {
  enabled: true,
  permitted: 'AdminApprovedPreAuthorized',
  sets: ['AC_Agent'],
  profiles: [],
  refresh: 'SpecificLifetime',
  period: 30,
  unit: 'Days',
  ipRelaxation: 'Enforce',
  sessionMinutes: 15,
  clientCredentials: false,
  runAs: '',
};

describe('the forms of an external client app', () => {
  it('give back what they were given', () => {
    expect(settingsOf(settingsForm(settings))).toEqual(settings);
    expect(policiesOf(policiesForm(policies))).toEqual(policies);
  });

  it('take one callback a line, and no empty ones', () => {
    const typed = settingsOf({ ...settingsForm(settings), callbacks: ' https://a.example \n\n http://localhost:1 ' });
    expect(typed.callbacks).toEqual(['https://a.example', 'http://localhost:1']);
  });

  it('send no certificate while the flow is off', () => {
    expect(settingsOf({ ...settingsForm(settings), certificate: 'PEM', jwt: false }).certificate).toBe('');
  });

  it('send 0 for a period that is no whole number, for the server to refuse', () => {
    expect(policiesOf({ ...policiesForm(policies), period: '1.5' }).period).toBe(0);
    expect(policiesOf({ ...policiesForm(policies), period: 'x' }).period).toBe(0);
  });
});
