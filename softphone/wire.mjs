// Writes the TypeScript types and the guards of the socket's messages from the schema that Go writes.
// Usage: node wire.mjs SCHEMA FOLDER
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { compile } from 'json-schema-to-typescript';

const [file, folder] = process.argv.slice(2);
const schema = JSON.parse(readFileSync(file, 'utf8'));
const banner = '// Generated from adapter/wire by `make generate`. Do not edit.';
const write = (name, text) => writeFileSync(join(folder, name), `${banner}\n${text.trimEnd()}\n`);

const types = await compile(schema, 'Wire', {
  additionalProperties: false,
  bannerComment: '',
  unreachableDefinitions: true,
  style: { singleQuote: true, printWidth: 120 },
});
write(
  'messages.gen.ts',
  `/** What a page says in its hello. */
export const version = ${schema['x-version']};
/** The largest message either side accepts, in bytes. */
export const maxMessage = ${schema['x-max-message']};
/** Codes with which the adapter closes the socket. */
export const closeCodes = ${JSON.stringify(schema['x-close'])} as const;
/** What a page has to be able to do for each command, whether it may be done twice, and how long it may take (milliseconds). */
export const commandKinds = ${JSON.stringify(schema['x-kinds'], null, 2)} as const;

${types}`,
);

write(
  'words.gen.ts',
  `/** The catalogue's templates by code: arguments stand in braces. */
export const templates = ${JSON.stringify(schema['x-words'], null, 2)} as const;`,
);

// Each guard is a function of the bundle, without eval, so that a strict policy lets it run.
const guarded = ['ToPage', 'Result', 'Settings'];
const bare = JSON.parse(JSON.stringify(schema), (key, value) => (key === 'description' ? undefined : value));
for (const one of Object.values(bare.$defs)) if (one.oneOf) Object.assign(one, { type: 'object', discriminator: { propertyName: 'type' } });
const ajv = new Ajv.default({
  code: { source: true, esm: true, lines: true },
  strict: false,
  discriminator: true,
  messages: false,
  schemas: [{ ...bare, $id: 'wire' }],
});
const guards = Object.fromEntries(guarded.map((name) => [`is${name}`, `wire#/$defs/${name}`]));
write('guards.gen.js', standalone.default(ajv, guards));
write(
  'guards.gen.d.ts',
  `import type { ${guarded.toSorted().join(', ')} } from './messages.gen.ts';

${guarded.map((name) => `export function is${name}(v: unknown): v is ${name};`).join('\n')}`,
);
