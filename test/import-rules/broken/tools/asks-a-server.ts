import { MongoClient } from 'mongodb';
import { collectionName } from '../../../../libs/read-models/src/mongodb/row-collection.js';

/** Breaks two rules on purpose: a tool with a driver, and one that goes around a port. */
export const rows = new MongoClient('mongodb://127.0.0.1').db().collection(collectionName('journeys-1'));
