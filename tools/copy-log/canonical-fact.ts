import { createHash } from 'node:crypto';
import { canonicalJson } from '#catalogue/canonical-json';
import { type StoredFact } from '#events';

/** A fact as canonical JSON (RFC 8785), with its stream and times and without its position, which is the log's own. */
export function canonicalFact({ position: _position, ...fact }: StoredFact): string {
  return canonicalJson(fact);
}

/** Count and digest of facts in their order: the same for two logs exactly when they hold the same. */
export class FactDigest {
  count = 0;
  private readonly hash = createHash('sha256');

  add(canonical: string): void {
    this.count += 1;
    this.hash.update(canonical).update('\n');
  }

  /** SHA-256 in hexadecimal digits; ends the digest. */
  end(): string {
    return this.hash.digest('hex');
  }
}
