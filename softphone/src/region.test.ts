import { expect, test } from 'vitest';
import { regionOf } from './facts.ts';

test.each([
  ['arn:aws:connect:us-east-1:123456789012:instance/i/agent/a', 'us-east-1'],
  ['arn:aws:s3:::bucket', ''],
  ['', ''],
])('the region of %s is "%s"', (arn, region) => expect(regionOf(arn)).toBe(region));
