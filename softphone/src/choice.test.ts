import { describe, expect, test } from 'vitest';
import { choiceOf } from './choice.ts';

const maya = { Id: '003A', Name: 'Maya Lindqvist', RecordType: 'Contact' };
const otto = { Id: '003B', Name: 'Otto Brandt', RecordType: 'Contact' };
const pop = { type: 'sobject', params: { recordId: '003A' } };

describe('choiceOf', () => {
  test.each([
    ['two matches that popped nothing are offered', { '003A': maya, '003B': otto }, ['Maya Lindqvist', 'Otto Brandt']],
    ['two matches that popped the search page are not', { '003A': maya, '003B': otto, SCREEN_POP_DATA: pop }, []],
    ['one match is not', { '003A': maya }, []],
    ['no match is not', {}, []],
    ['an answer that is no object is not', null, []],
    ['a record without a name is offered by its id', { '003A': {}, '003B': otto }, ['003A', 'Otto Brandt']],
  ])('%s', (_, answer, names) => {
    expect(choiceOf(answer).map((m) => m.name)).toEqual(names);
  });
});
