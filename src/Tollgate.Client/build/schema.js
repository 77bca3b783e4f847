// Makes src/schema.d.ts of the OpenAPI document that a host of Tollgate serves:
//   node build/schema.js http://localhost:5000/openapi/v1.json          writes it
//   node build/schema.js http://localhost:5000/openapi/v1.json --check  ends with 1 where it would be another
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const file = new URL('../src/schema.d.ts', import.meta.url);
const widest = 110;
const [address, ...flags] = process.argv.slice(2);
if (!address) {
  throw new Error('usage: node build/schema.js <address of the document> [--check]');
}

const response = await fetch(address);
if (!response.ok) {
  throw new Error(`${address} answered ${response.status}`);
}
const made = await write(ofBilling(await response.json()));
if (!flags.includes('--check')) {
  await writeFile(file, made);
} else if (made !== (await readFile(file, 'utf8'))) {
  console.error('src/schema.d.ts is not what the host serves: npm run schema -- <address of its document>');
  process.exitCode = 1;
}

/** Billing alone, whatever else the host has described, with the refusals as what they are in fact. */
function ofBilling({ openapi, info, paths, components }) {
  const billing = Object.entries(paths).filter(([path]) => path.startsWith('/api/billing/'));
  for (const operation of billing.flatMap(([, path]) => Object.values(path))) {
    delete operation.security;
    for (const [status, answer] of Object.entries(operation.responses)) {
      if (Number(status) >= 400) {
        answer.content = { 'application/problem+json': { schema: problemOf(Number(status), answer) } };
      }
    }
  }
  const { Problem } = components.schemas;
  const schemas = { Problem: { ...Problem, additionalProperties: true } };
  return { openapi, info, paths: Object.fromEntries(billing), components: { schemas } };
}

// a reference hides what stands beside it from the tool; the status is what tells the problems apart
function problemOf(status, { content }) {
  const problem = { $ref: '#/components/schemas/Problem' };
  const code = content?.['application/problem+json'].schema.properties.code ?? { enum: [`http_${status}`] };
  const own = { type: 'object', required: ['status', 'code'], properties: { status: { enum: [status] }, code } };
  return { allOf: [problem, own] };
}

async function write(document) {
  const types = astToString(await openapiTS(document, { alphabetize: true, immutable: true }));
  // what an answer is called says nothing that its codes do not say better, nor does the kind of an enumeration
  const said = types
    .replace(/^ *\/\*\* @enum .*\n/gm, '')
    .replace(/^ *\/\*\* @description .*\n(?= *readonly \d+: )/gm, '');
  const lines = said.split('\n').flatMap((line) => (line.length > widest ? wrap(line) : [line]));
  return `// Made by build/schema.js of the API's own document, to be read whole. Do not edit.\n${lines.join('\n')}`;
}

function wrap(line) {
  const indent = `${/^ */.exec(line)[0]}  `;
  const [head, ...others] = line.split(' | ');
  const rows = [head];
  for (const other of others) {
    if (rows.at(-1).length + other.length + 3 > widest) {
      rows.push(`${indent}| ${other}`);
    } else {
      rows.push(`${rows.pop()} | ${other}`);
    }
  }
  return rows;
}
