import { randomBytes } from 'node:crypto';
import type { TokenSource } from '../../application/ports.ts';

/** 144 random bits from the operating system, as 24 URL-safe characters. */
export const randomTokens: TokenSource = { next: () => randomBytes(18).toString('base64url') };
