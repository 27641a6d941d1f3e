import { Injectable } from '@nestjs/common';
import { LOG_START } from '../../../../../../libs/event-log/src/event-log.port.js';
import Database from 'better-sqlite3';

/** Breaks three rules on purpose: a pure room with a framework, another room's port, and a driver. */
@Injectable()
export class ReadsTheLog {
  readonly start = LOG_START;
  readonly database = new Database(':memory:');
}
