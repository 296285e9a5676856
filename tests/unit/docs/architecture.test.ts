import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { episodeTransitions, touchpointTransitions } from '../../../shared/care/patient/transitions.ts';

const root = join(import.meta.dirname, '../../..');

const read = (path: string) => readFileSync(join(root, path), 'utf8');

const page = read('docs/architecture.md');

/** The arrows of the state diagrams: `from --> to: event, event`. */
const drawn = [...page.matchAll(/^ {2}(\w+) --> (\w+): (.+)$/gm)].flatMap(
  ([, from = '', to = '', events = '']) => events.split(', ').map((event) => `${from} ${event} ${to}`),
);

const arrowsOf = (table: Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>) =>
  Object.entries(table).flatMap(([from, events]) =>
    Object.entries(events).map(([event, to]) => `${from} ${event} ${to}`),
  );

describe('docs/architecture.md', () => {
  it('draws the states as the tables have them', () => {
    expect(drawn.toSorted()).toEqual(
      [...arrowsOf(episodeTransitions), ...arrowsOf(touchpointTransitions)].toSorted(),
    );
  });

  it('names every kind of item that keys are made for', () => {
    const keys = read('shared/care/patient/aws/keys.ts');
    const kinds = [...keys.matchAll(/[`']([A-Z]{4,})#/g)].map(([, kind = '']) => kind);
    expect(kinds.length).toBeGreaterThan(8);
    for (const kind of kinds.filter((name) => name !== 'DUE')) expect(page).toContain(`\`${kind}#`);
  });

  it('has every function in the picture, and every function has its page', () => {
    for (const name of readdirSync(join(root, 'functions'))) {
      expect(page).toContain(name);
      const headings = [...read(`functions/${name}/README.md`).matchAll(/^## (.+)$/gm)].map(
        ([, heading]) => heading,
      );
      expect(headings, name).toEqual(['Purpose', 'Flow', 'Touches', 'Peculiarities']);
    }
  });
});

describe('docs/adr', () => {
  const files = readdirSync(join(root, 'docs/adr')).filter((file) => /^\d{4}-/.test(file));

  it('lists every decision, and each has its parts', () => {
    const index = read('docs/adr/README.md');
    for (const file of files) {
      expect(index).toContain(`(${file})`);
      const headings = [...read(`docs/adr/${file}`).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
      expect(headings, file).toEqual(['Status', 'Context', 'Decision', 'Consequences']);
    }
  });

  it('numbers them from 1 without a gap, and calls each what it calls itself', () => {
    const rows = [
      ...read('docs/adr/README.md').matchAll(/^\| \[(\d{4})\]\((.+?)\) +\| (.+?) +\| (.+?) +\|$/gm),
    ];
    expect(rows.map(([, number]) => Number(number))).toEqual(files.map((_, index) => index + 1));
    for (const [, number = '', file = '', title, status] of rows) {
      const page = read(`docs/adr/${file}`);
      expect(file.startsWith(`${number}-`), file).toBe(true);
      expect(page.split('\n')[0], file).toBe(`# ${Number(number)}. ${title}`);
      expect(page.match(/^## Status\n\n(\w+)/m)?.[1]?.toLowerCase(), file).toBe(status);
    }
  });
});

describe('links between pages', () => {
  const inside = ['docs', 'functions', 'infra'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  );
  const pages = [...readdirSync(root), ...inside].filter((path) => path.endsWith('.md'));

  it('lead somewhere', () => {
    expect(pages.length).toBeGreaterThan(40);
    const broken = pages.flatMap((path) =>
      [...read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)]
        .map(([, target = '']) => join(dirname(path), target))
        .filter((target) => !existsSync(join(root, target)))
        .map((target) => `${path}: ${target}`),
    );
    expect(broken).toEqual([]);
  });
});
