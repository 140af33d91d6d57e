// Generated from adapter/wire by `make generate`. Do not edit.
import type { Result, Settings, ToPage } from './messages.gen.ts';

export function isToPage(v: unknown): v is ToPage;
export function isResult(v: unknown): v is Result;
export function isSettings(v: unknown): v is Settings;
