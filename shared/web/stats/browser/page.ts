/// <reference lib="dom" />
/** Runs on the statistics page: copies a sentence with its footnote, and checks the digest of the data. */

const copyButtons = document.querySelectorAll<HTMLButtonElement>('.copy');
for (const button of copyButtons) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const text = button.closest('details')?.querySelector('.quote')?.textContent ?? '';
    const status = button.parentElement?.querySelector('[role=status]');
    const message = await navigator.clipboard
      .writeText(text)
      .then(() => button.dataset['done'])
      .catch(() => button.dataset['failed']);
    if (status) status.textContent = message ?? '';
  });
}

const hexOf = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

const fetchedDigest = async (href: string): Promise<string> => {
  const response = await fetch(href, { cache: 'no-cache' });
  if (!response.ok) throw new Error(String(response.status));
  return hexOf(await crypto.subtle.digest('SHA-256', await response.arrayBuffer()));
};

const checkButton = document.querySelector<HTMLButtonElement>('#check-button');
const result = document.querySelector('#check-result');
if (checkButton && result && crypto.subtle) {
  checkButton.hidden = false;
  checkButton.addEventListener('click', async () => {
    const { href = '', ok = '', bad = '', failed = '' } = checkButton.dataset;
    const expected = document.querySelector('#digest')?.textContent;
    result.textContent = await fetchedDigest(href)
      .then((digest) => (digest === expected ? ok : bad))
      .catch(() => failed);
  });
}
