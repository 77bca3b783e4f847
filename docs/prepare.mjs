// artifacts/docs: the pages as docfx takes them, README.md as the first one and the others below docs/, so that they have
// a table of contents beside them. What a page links to outside of docs/
// is brought along as a text below source/; a folder is its README.md, or else no link. With them llms.txt and
// llms-full.txt (llmstxt.org), made of the same table of contents, and each page as it is.
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const docs = dirname(fileURLToPath(import.meta.url));
const root = dirname(docs);
const target = join(root, 'artifacts', 'docs');
const contents = readFileSync(join(docs, 'toc.yml'), 'utf8');

const sections = contents
  .split(/^- name: /m)
  .slice(1)
  .map((section) => ({
    name: section.slice(0, section.indexOf('\n')),
    pages: [...section.matchAll(/- name: "?(?<name>.*?)"?\n\s+href: (?<href>\S+)\n/g)].map(({ groups }) => ({ ...groups })),
  }));

const put = (path, text) => {
  mkdirSync(dirname(join(target, path)), { recursive: true });
  writeFileSync(join(target, path), text);
};

const onSite = (href) => (href === 'index.md' ? href : `docs/${href}`);

// a link of a page, as the page at `place` of the site has it
const moved = (place, from) => (whole, label, path, anchor = '') => {
  const file = resolve(dirname(from), path);
  const inside = relative(root, file).split('\\').join('/');
  if (!existsSync(file)) throw new Error(`${relative(root, from)}: ${path} is not there`);
  let to;
  if (inside === 'README.md') to = 'index.md';
  else if (/^docs\/.*\.(md|png|json)$/.test(inside)) to = inside;
  else {
    const text = statSync(file).isDirectory() ? join(file, 'README.md') : file;
    if (!existsSync(text)) return label;
    // docfx takes no name that begins with a dot
    to = `source/${relative(root, text).split('\\').join('/').replace(/(^|\/)\./g, '$1')}.txt`;
    put(to, readFileSync(text));
    anchor = '';
  }
  return `[${label}](${posix.relative(posix.dirname(place), to)}${anchor})`;
};

const link = /\[((?:[^\[\]]|\[[^\]]*\])*)\]\((?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?\)/g;
let full = '';
let index = '# Tollgate\n\n';
for (const { name, pages } of sections) {
  let list = '';
  for (const page of pages) {
    const from = page.href === 'index.md' ? join(root, 'README.md') : join(docs, page.href);
    const own = readFileSync(from, 'utf8');
    const place = onSite(page.href);
    const text = own.replace(link, moved(place, from));
    put(place, text);
    put(join('..', 'docs-llms', place), text);
    full += `<!-- ${place} -->\n\n${text.trim()}\n\n`;
    // the first paragraph's first sentence
    const first = own.replace(/^#.*$/gm, '').trim().split('\n\n')[0].replace(/\s+/g, ' ');
    const sentence = first.replace(link, '$1').match(/^.*?[.:](?=\s|$)/)?.[0] ?? first;
    if (page.href === 'index.md') index += `> ${first.replace(/\*\*/g, '').replace(link, '$1')}\n`;
    list += `- [${page.name}](${place}): ${/^[|`<-]/.test(sentence) ? page.name : sentence.replace(/:$/, '.')}\n`;
  }
  index += `\n## ${name}\n\n${list}`;
}
put('../docs-llms/llms.txt', index);
put('../docs-llms/llms-full.txt', full);
put('toc.yml', '- name: Documents\n  href: docs/\n  homepage: index.md\n- name: API\n  href: api/\n');
put('docs/toc.yml', contents.replace('href: index.md', 'href: ../index.md'));
// docfx shows a logo as large as it is
const icon = readFileSync(join(root, 'src', 'icon.png')).toString('base64');
const image = `<image width="36" height="36" href="data:image/png;base64,${icon}"/>`;
put('logo.svg', `<svg xmlns="http://www.w3.org/2000/svg" width="44" height="36">${image}</svg>\n`);
cpSync(join(docs, 'pictures'), join(target, 'docs', 'pictures'), { recursive: true });
for (const data of ['sandbox-seed.json', 'operations/grafana-dashboard.json']) {
  cpSync(join(docs, data), join(target, 'docs', data));
}
