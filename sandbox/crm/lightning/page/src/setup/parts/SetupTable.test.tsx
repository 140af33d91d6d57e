// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { SetupTable } from './SetupTable.tsx';

afterEach(cleanup);

function People() {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  return (
    <>
      <SetupTable
        label="People"
        columns={['Name']}
        empty="Nobody."
        selection={{ chosen, onChange: setChosen }}
        rows={[
          { key: '1', name: 'Ada', cells: ['Ada'] },
          { key: '2', name: 'Miles', isLocked: true, cells: ['Miles'] },
          { key: '3', name: 'Amelia', cells: ['Amelia'] },
        ]}
      />
      <p role="status">{[...chosen].join()}</p>
    </>
  );
}

test('all rows are chosen at once, but for those that cannot be', async () => {
  render(<People />);
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select All' }));
  expect(screen.getByRole('status').textContent).toBe('1,3');
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select Ada' }));
  expect(screen.getByRole('status').textContent).toBe('3');
  expect(screen.getByRole('checkbox', { name: 'Select All' })).toHaveProperty('checked', false);
  expect(screen.getByRole('checkbox', { name: 'Select Miles' })).toHaveProperty('disabled', true);
});

test('a table without rows says so across all its columns', () => {
  render(<SetupTable label="People" columns={['Name', 'Alias']} empty="Nobody." rows={[]} />);
  expect(screen.getByRole('cell', { name: 'Nobody.' }).getAttribute('colspan')).toBe('2');
});
