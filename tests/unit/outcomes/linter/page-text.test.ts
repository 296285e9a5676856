import { describe, expect, it, test } from 'vitest';
import { passagesOf } from '../../../../shared/outcomes/linter/page-text.ts';

const textsOf = (html: string) => passagesOf(html).map(({ text }) => text.trim());

describe('the text of a page', () => {
  test.each([
    ['&amp;&lt;&gt;&quot;', '&<>"'],
    ['&Aacute;&eacute;&iacute;&oacute;&uacute;&ntilde;', 'áéíóúñ'],
    ['91&percnt; mild&reg;', '91% mild®'],
    ['a&nbsp;b', 'a b'],
    ['a\u202fb', 'a b'],
    ['a&unknown;b', 'a b'],
    ['&#37; &#x25; &#X25;', '% % %'],
    ['&#x1F600;', '😀'],
    ['&#1;', '\u0001'],
    ['&#x10ffff;', '\u{10ffff}'],
    ['a&#0;b', 'a b'],
    ['a&#x110000;b', 'a b'],
    ['AT&T & co', 'AT&T & co'],
    ['1 < 2 > 0', '1 < 2 > 0'],
  ])('%j reads %j', (html, text) => {
    expect(textsOf(`<p>${html}</p>`)).toEqual([text]);
  });

  it('has one blank where the source has many', () => {
    expect(passagesOf('<p>\n  one \t two\n</p>').map(({ text }) => text)).toEqual(['one two ']);
  });

  it('runs on over inline elements, and ends with any other', () => {
    expect(textsOf('<p>Over <b>9</b>0<sup>%</sup></p><div>two<br>three</div><td>four')).toEqual([
      'Over 90%',
      'two',
      'three',
      'four',
    ]);
  });

  it('leaves out comments, scripts, styles and templates, ended or not', () => {
    const html = 'a<!-- b --><script>c</script><STYLE>d</STYLE><template>e</template>f<script>g';
    expect(textsOf(html).join(' ')).toBe('af');
    expect(textsOf('a<!-- b')).toEqual(['a']);
  });

  it('has what attributes say, in quotes of either kind, of opening tags only', () => {
    const html = `<img alt="one" title='two'><meta content="three"><a aria-label="four" data-x="no">five</a alt="no">`;
    expect(textsOf(html)).toEqual(['one', 'two', 'three', 'four', 'five']);
  });
});

describe('a passage', () => {
  it('has the line of each character, be it text, entity or attribute', () => {
    const [first, second, third] = passagesOf('<p>\none\ntwo</p>\n<p>&#x1F600;!</p>\n<img alt="xy">');
    expect(first?.lines).toEqual([2, 2, 2, 2, 3, 3, 3]);
    expect(second?.lines).toEqual([4, 4, 4]);
    expect(third?.lines).toEqual([5, 5]);
  });

  it('stands under the heading before it', () => {
    const html = '<p>none</p><h2>Facet <i>joint</i></h2><p>one</p><h3>Mild</h3><p>two</p>';
    expect(passagesOf(html).map(({ text, heading }) => [text, heading])).toEqual([
      ['none', ''],
      ['Facet joint', 'Facet joint'],
      ['one', 'Facet joint'],
      ['Mild', 'Mild'],
      ['two', 'Mild'],
    ]);
  });

  test.each([
    ['<p>a <a href="https://doi.example/1">b</a></p>', true],
    ['<p>a <a class="x" href=http://doi.example>b</a></p>', true],
    ['<p>a <cite>b</cite></p>', true],
    ['<p>a <a href="/stats">b</a></p>', false],
    ['<p>a <b href="https://doi.example/1">b</b></p>', false],
    ['<p>a</p>', false],
  ])('of %s gives a source: %j', (html, hasSource) => {
    expect(passagesOf(html)[0]?.hasSource).toBe(hasSource);
  });

  it('gives only its own source', () => {
    const passages = passagesOf('<p><cite>a</cite> b</p><p>c</p>');
    expect(passages.map(({ hasSource }) => hasSource)).toEqual([true, false]);
  });
});
