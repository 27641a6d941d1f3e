import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';

/** What callers may do: send facts, date them back, read figures, single journeys, the log, run the system. */
export const ROLES = ['emitter', 'import', 'analyst', 'casework', 'auditor', 'admin'] as const;

export type Role = (typeof ROLES)[number];

export const ROLES_KEY = 'percorso:roles';
export const PUBLIC_KEY = 'percorso:public';

/** The route is for callers that have one of these roles. A route with neither this nor `@Public()` is refused. */
export const Roles = (...roles: readonly [Role, ...Role[]]) =>
  applyDecorators(SetMetadata(ROLES_KEY, roles), ApiBearerAuth(), ApiExtension('x-roles', [...roles]));

/** The route is for everybody, also without a key. */
export const Public = () => SetMetadata(PUBLIC_KEY, true);
