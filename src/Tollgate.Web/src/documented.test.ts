import { describe, expect, test } from 'vitest';
import './admin';
import './tollgate';
import document from '../../../docs/components.md?raw';

const sources = Object.values(
  import.meta.glob<string>(['./**/*.ts', '!./**/*.test.ts', '!./gallery.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);

/** Name to class, of every element that is defined. */
const elements = new Map(
  sources
    .flatMap((source) => [...source.matchAll(/define\('(tg-[a-z-]+)'|^ {2}'(tg-admin-[a-z]+)': Admin\w+,/gm)])
    .map(([, one, other]) => (one ?? other) as string)
    .map((name) => [name, customElements.get(name) as unknown as ElementClass] as const),
);

interface ElementClass {
  readonly name: string;
  readonly elementProperties: ReadonlyMap<string, { readonly attribute?: boolean | string; readonly state?: boolean }>;
}

const sections = new Map(
  document.split(/^##+ /m).map((section) => [section.split('\n', 1)[0] ?? '', section] as const),
);

/** Names in the first column of the table that has this heading. */
function rows(section: string, heading: string): string[] {
  const table = section.split(`| ${heading} |`)[1]?.split('\n\n', 1)[0] ?? '';
  return [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name ?? '').sort();
}

function attributesOf({ elementProperties }: ElementClass): string[] {
  const named = [...elementProperties].flatMap(([name, { attribute, state }]) =>
    attribute === false || state ? [] : [typeof attribute === 'string' ? attribute : name.toLowerCase()],
  );
  return named.filter((name) => name !== 'api').sort();
}

function eventsOf({ name }: ElementClass): string[] {
  const source = sources.find((one) => one.includes(`export class ${name} `)) ?? '';
  return [...source.matchAll(/@event (tg-[a-z-]+)/g)].map(([, event]) => event ?? '').sort();
}

test('all elements are found', () => {
  expect(elements.size).toBe(18);
});

describe.each([...elements])('%s', (name, element) => {
  test('is documented, with every attribute and event that it has', () => {
    const section = sections.get(name) ?? '';
    expect(section).not.toBe('');
    expect([rows(section, 'Attribute'), rows(section, 'Event')]).toEqual([attributesOf(element), eventsOf(element)]);
  });

  test('has a snippet, or stands below one', () => {
    const section = name.startsWith('tg-admin-') ? sections.get('Administration') : sections.get(name);
    expect(section).toContain(`\`\`\`html\n`);
  });
});

test('every custom property of a host is documented, and is one', () => {
  const used = sources.flatMap((source) => [...source.matchAll(/var\((--tg-[a-z-]+)/g)].map(([, name]) => name ?? ''));
  expect(rows(sections.get('Theming') ?? '', 'Property')).toEqual([...new Set(used)].sort());
});
