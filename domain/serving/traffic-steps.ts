/** By what length of time the traffic of an endpoint is told. */
export const trafficSteps = ['minute', 'hour', 'day'] as const;
export type TrafficStep = (typeof trafficSteps)[number];
