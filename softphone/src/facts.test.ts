import { describe, expect, test } from 'vitest';
import { shown } from './facts.ts';

describe('a customer’s number', () => {
  test.each(['anonymous', 'Anonymous', ''])('%j is withheld', (number) => expect(shown(number)).toBe(''));
  test('any other is what it is', () => expect(shown('+12065550142')).toBe('+12065550142'));
});
