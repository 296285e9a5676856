import type { RecordedHashes } from './contradictions/between-versions.ts';

/**
 * The hash (`digestOf`) of every version of every claim, by `id/version`. Append-only: certificates and old releases
 * refer to these hashes, so a new version adds a line and no line is changed or removed.
 */
export const claimHashes: RecordedHashes = {
  'facet-improved/1': '33df3e34b5839a41f4f7c152f45f2a254fce32506670e8cca572af7546fc87bd',
  'facet-over-half/1': 'e663b7a4deeb8641703df94e26ac0f26c96ee2d9a64596250ea9295af3a2fffc',
  'epidural-improved/1': '1a1dbef74680aa47c86efc6683d26314a6754124cf8672c9c388ba11eb768bcb',
  'epidural-over-half/1': '5b9c660e071789c2275c6d25f75a89651a1d1c4cda4a71fafade3212b8bb8f97',
  'overall-quality-of-life/1': 'de3193a4e0d75fb8a3b998abdcced65d03aa1420c114aa9ddb2d6ab8692c8f6f',
  'overall-less-pain/1': '1241751a9db7b853a4ec6afad20e81ff023a87a46db13c30e298d7bd40eb8976',
  'overall-better-function/1': '0b2b510ba1da57c0aa38e3650184688dc51272b6fbaeb9a9f281925d02c85b4b',
  'mild-improved/1': '6704c69195070a0408d95b31fa66ab31cf5779cd023e64604ff68a9cc1ea3a21',
  'mild-standing-or-walking/1': '8615fc4eb55b092f6fd3dc5ea82ed3ab207e722a9ca6cdb44989b554636c4e28',
};
