import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type IncomingEvent } from '#events';
import { FactIntake } from './intake/fact-intake.js';
import { type IntakeOptions } from './intake/intake-rounds.js';
import { type Outcome } from './intake/outcome.js';

/** Takes checked events into the log. */
export class AcceptFacts extends Command<Outcome[]> {
  constructor(
    readonly events: readonly IncomingEvent[],
    readonly options: IntakeOptions,
  ) {
    super();
  }
}

@CommandHandler(AcceptFacts)
export class AcceptFactsHandler implements ICommandHandler<AcceptFacts> {
  constructor(private readonly intake: FactIntake) {}

  execute({ events, options }: AcceptFacts): Promise<Outcome[]> {
    return this.intake.accept(events, options);
  }
}
