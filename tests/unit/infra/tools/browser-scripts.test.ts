import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { browserScripts } from '../../../../infra/tools/browser-scripts.ts';
import { renderEmbed } from '../../../../shared/web/stats/embed.ts';
import { pageScript } from '../../../../shared/web/stats/generated/page-script.ts';

const embed = renderEmbed('https://statistics.a-clinic-with-a-long-name.example');

describe('the browser scripts', () => {
  it('are built from their sources; `npm run scripts` writes them', async () => {
    for (const { file, text } of await browserScripts()) expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('stay under 4 KB, compressed or not', () => {
    expect(gzipSync(embed, { level: 1 }).length).toBeLessThan(4096);
    expect(brotliCompressSync(embed).length).toBeLessThan(4096);
    expect(Buffer.byteLength(embed)).toBeLessThan(4096);
  });

  it('evaluate no code from text, write no markup and set no style attribute', () => {
    for (const script of [embed, pageScript]) {
      expect(script).not.toMatch(
        /\beval\b|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write/,
      );
      expect(script).not.toMatch(/\.style\b|setAttribute\("style"/);
    }
  });

  it('cannot close the script element around them', () => {
    expect(pageScript).not.toMatch(/<\/script|<!--/i);
  });

  it('request only the public address', () => {
    expect(embed).not.toContain('BASE_URL');
    expect([...embed.matchAll(/https?:\/\/[\w.-]+/g)].map(([url]) => url)).toEqual([
      'https://statistics.a-clinic-with-a-long-name.example',
    ]);
  });
});
