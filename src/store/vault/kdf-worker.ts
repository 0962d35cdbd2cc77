import { expose } from 'comlink';
import { deriveByArgon2 } from './argon2.ts';

const api = { derive: deriveByArgon2 };

export type KdfApi = typeof api;

expose(api);
