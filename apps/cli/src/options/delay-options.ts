import { type Command } from 'commander';
import { type Query } from '../target/client.js';
import {
  addCutOffs,
  addGroups,
  addStagePair,
  addWindow,
  QUESTION_NAMES,
  queryOf,
} from './question-options.js';

const NAMES = [...QUESTION_NAMES, 'fromStage', 'toStage', 'net'];

/** The options of every question about delays. */
export function addDelayOptions(command: Command): Command {
  return addStagePair(addGroups(addCutOffs(addWindow(command)))).option(
    '--net',
    'count only the days on which the later stage was not suspended',
  );
}

/** The parameters that these options give. */
export function delayQuery(options: object): Query {
  return queryOf({ ...options }, NAMES);
}
