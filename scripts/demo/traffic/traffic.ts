import type { EvaluationConfig } from '../../../domain/config/model.js';
import type { Demo } from '../demo.js';
import { endpointName, endpointOf } from '../endpoint.js';
import { loadWorld } from '../prepare-world.js';
import { Airline } from './airline.js';
import { type FlightTable, flightTable } from './flight-table.js';
import { type AskedHour, askedHours } from './live-flights.js';

/** An airline with all the hours that it will ask about. */
export interface Traffic {
  readonly airline: Airline;
  readonly hours: readonly AskedHour[];
  readonly flights: FlightTable;
  readonly evaluation: EvaluationConfig;
}

/** Flights of which the model was made are over by then. */
export const trafficBegins = '2013-04-01';

/** @param commit of the repository, whose features the airline computes as the platform does */
export async function openTraffic(demo: Demo, commit: string): Promise<Traffic> {
  const { at } = await endpointOf(demo);
  if (at === null) throw new Error(`${demo.project}/${endpointName} has no address`);
  const { evaluation } = await demo.repository.model(commit);
  const world = await loadWorld(demo.stack);
  const flights = await flightTable(demo, world, { commit, inputs: evaluation.inputs, from: trafficBegins });
  const airline = new Airline(at.http, flights, evaluation.inputs);
  return { airline, hours: askedHours(flights), flights, evaluation };
}
