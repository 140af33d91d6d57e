// Holds every file of the Salesforce package against the platform's own schema of metadata, as jsforce ships it (generated from the
// Metadata API's WSDL). Names, nesting, how often a field may stand, booleans, numbers and required fields are checked.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { JSDOM } from 'jsdom';
import { newer } from './package-schema-newer.mjs';

const { ApiSchemas } = createRequire(import.meta.url)('jsforce/lib/api/metadata/schema.js');
const roots = process.argv.length > 2 ? process.argv.slice(2) : ['sfdx/force-app', 'sfdx/client-app'];

/** All fields of a type: those of its bases, its own, and those that came after the schema was written. */
function fieldsOf(type) {
  const known = ApiSchemas[type];
  if (!known && !newer[type]) return undefined;
  const base = known?.extends ? fieldsOf(known.extends) : {};
  return { ...base, ...known?.props, ...newer[type] };
}

/** Reads a schema's "?string", ["Type"], "Type" into its parts. */
function shape(declared) {
  if (Array.isArray(declared)) return { type: declared[0].replace(/^\?/, ''), many: true, required: false };
  return { type: declared.replace(/^\?/, ''), many: false, required: !declared.startsWith('?') };
}

const scalar = {
  string: () => true,
  boolean: (text) => text === 'true' || text === 'false',
  number: (text) => text !== '' && Number.isFinite(Number(text)),
};

// A source file's name stands for its fullName, and another file may hold its content.
const elsewhere = new Set(['fullName', 'content']);

function check(element, type, say) {
  const fields = fieldsOf(type);
  if (!fields) return say(`${type} is no type of the schema`);
  const seen = new Map();
  for (const child of element.children) {
    const name = child.localName;
    seen.set(name, (seen.get(name) ?? 0) + 1);
    const declared = fields[name];
    if (declared === undefined) {
      say(`${type} has no field ${name}`);
      continue;
    }
    const of = shape(declared);
    if (seen.get(name) === 2 && !of.many) say(`${type}.${name} stands more than once`);
    const valid = scalar[of.type];
    if (!valid) check(child, of.type, say);
    else if (child.children.length > 0) say(`${type}.${name} is a ${of.type}, and has fields`);
    else if (!valid(child.textContent.trim())) say(`${type}.${name} is no ${of.type}: ${child.textContent}`);
  }
  for (const [name, declared] of Object.entries(fields)) {
    if (shape(declared).required && !seen.has(name) && !elsewhere.has(name)) say(`${type} lacks ${name}`);
  }
}

const { DOMParser } = new JSDOM('').window;
const problems = [];
let files = 0;
const entries = roots.flatMap((root) => readdirSync(root, { recursive: true, withFileTypes: true }));
for (const entry of entries) {
  if (!entry.isFile() || !entry.name.endsWith('-meta.xml')) continue;
  const name = join(entry.parentPath, entry.name);
  const say = (problem) => problems.push(`${name}: ${problem}`);
  const tree = new DOMParser().parseFromString(readFileSync(name, 'utf8'), 'text/xml');
  files++;
  const type = tree.documentElement.localName;
  if (type === 'parsererror') say(tree.documentElement.textContent);
  else if (tree.documentElement.namespaceURI !== 'http://soap.sforce.com/2006/04/metadata')
    say('is not in the Metadata API namespace');
  else check(tree.documentElement, type, say);
  if (extname(entry.name) !== '.xml') say('has an odd name');
}
if (files === 0) problems.push(`${roots}: no metadata files; looking in the wrong place?`);
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(`${files} metadata files fit the schema`);
