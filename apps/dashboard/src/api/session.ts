import { signal } from '@preact/signals';
import { onSignedOut, request } from './client.js';

export type Role = 'emitter' | 'import' | 'analyst' | 'casework' | 'auditor' | 'admin';

export interface Session {
  readonly signedIn: boolean;
  readonly keyNeeded: boolean;
  readonly roles: readonly Role[];
  readonly expiresAt: string | null;
}

/** Undefined until the server has told. */
export const session = signal<Session | undefined>(undefined);

export const hasRole = (role: Role): boolean => session.value?.roles.includes(role) ?? false;

export async function readSession(): Promise<void> {
  onSignedOut.call = () => void readAgain();
  await readAgain();
}

async function readAgain(): Promise<void> {
  session.value = await request<Session>('/v1/session');
}

/** @throws RequestProblem 401 for a wrong key */
export async function signIn(key: string): Promise<void> {
  const headers = { authorization: `Bearer ${key}` };
  session.value = await request<Session>('/v1/session', { method: 'POST', headers });
}

export async function signOut(): Promise<void> {
  await request<void>('/v1/session', { method: 'DELETE' });
  await readAgain();
}
