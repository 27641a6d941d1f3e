import { type ArgumentMetadata, Injectable, type Type, ValidationPipe } from '@nestjs/common';
import { getMetadataStorage, type ValidationError } from 'class-validator';
import { ProblemError, type ProblemPlace, summaryOf } from './problem.js';

/**
 * Reads query and path parameters into their class-validator class. Refuses with a problem that names each
 * `parameter` at once: those that the class does not have, those given more than once, and those that are wrong.
 *
 *   monthly(@Query() query: MonthlyFunnelQuery)
 */
@Injectable()
export class ProblemValidationPipe extends ValidationPipe {
  constructor() {
    super({ transform: true, forbidUnknownValues: false, validationError: { target: false, value: false } });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { metatype, type } = metadata;
    if ((type !== 'query' && type !== 'param') || !metatype || !this.toValidate(metadata)) return value;
    const given = Object.entries((value ?? {}) as Record<string, unknown>);
    const known = parametersOf(metatype);
    const errors = given.flatMap(([parameter, one]) => misuse(parameter, one, known));
    const usable = Object.fromEntries(
      given.filter(([name]) => !errors.some(({ parameter }) => parameter === name)),
    );
    // Without it a class that needs the misused parameter would be told twice, once as missing.
    const misused = new Set(errors.map(({ parameter }) => parameter));
    try {
      const read = (await super.transform(usable, metadata)) as unknown;
      if (errors.length === 0) return read;
    } catch (error) {
      if (!(error instanceof InvalidParameters)) throw error;
      errors.push(...error.places.filter(({ parameter }) => !misused.has(parameter)));
    }
    throw new ProblemError('invalid-parameter', summaryOf(errors), { errors });
  }

  override createExceptionFactory() {
    return (errors: ValidationError[] = []) => new InvalidParameters(errors.flatMap(placesOf));
  }
}

class InvalidParameters extends Error {
  constructor(readonly places: readonly ProblemPlace[]) {
    super('parameters are wrong');
  }
}

function parametersOf(metatype: Type): ReadonlySet<string> {
  const rules = getMetadataStorage().getTargetValidationMetadatas(metatype, '', false, false);
  return new Set(rules.map(({ propertyName }) => propertyName));
}

function misuse(parameter: string, value: unknown, known: ReadonlySet<string>): ProblemPlace[] {
  if (!known.has(parameter)) {
    const possible = [...known].sort().join(', ') || 'none';
    return [{ parameter, detail: `there is no such parameter here; possible: ${possible}` }];
  }
  return Array.isArray(value) ? [{ parameter, detail: 'is given more than once' }] : [];
}

function placesOf({ property, constraints, children }: ValidationError): ProblemPlace[] {
  const own = Object.values(constraints ?? {});
  const detail = own[0] ?? children?.flatMap(placesOf)[0]?.detail ?? 'is wrong';
  // The parameter is named beside the message; most messages begin with its name.
  const told = detail.startsWith(`${property} `) ? detail.slice(property.length + 1) : detail;
  return [{ parameter: property, detail: told }];
}
