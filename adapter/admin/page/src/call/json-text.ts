/** A value of a step as text: a text as it is, all else as indented JSON. What is not there is ''. */
export const jsonText = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value, null, 2);
