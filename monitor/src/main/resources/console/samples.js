// From CloudWatch series to the numbers this page shows: one sample per second, a flat object from line to value.
// A line that has no entry in a sample was not measured in that second; that is never the same as zero.

const [COUNT, SUM, MINIMUM, MAXIMUM, P50, P99, P95] = [1, 2, 3, 4, 5, 6, 7];

const sum = (point) => point[SUM];
const average = (point) => (point[COUNT] > 0 ? point[SUM] / point[COUNT] : null);
const minimum = (point) => point[MINIMUM];
const maximum = (point) => point[MAXIMUM];
const PER_MILLISECOND = { Seconds: 1000, Milliseconds: 1, Microseconds: 0.001 };
const milliseconds = (index) => (point, unit) =>
  point[index] == null || !(unit in PER_MILLISECOND) ? null : point[index] * PER_MILLISECOND[unit];

const ELB = 'AWS/ApplicationELB';
const NLB = 'AWS/NetworkELB';
const CLIENT = 'FailoverLab/Client';

// Which series feed which lines. A series counts only with exactly these dimensions: CloudWatch does not aggregate over them.
const RULES = [
  { namespace: ELB, metric: 'RequestCount', dimensions: ['LoadBalancer'], lines: { 'requests.balancer': sum } },
  {
    namespace: ELB,
    metric: 'TargetResponseTime',
    dimensions: ['LoadBalancer'],
    lines: { 'latency.target.p50': milliseconds(P50), 'latency.target.p95': milliseconds(P95), 'latency.target.p99': milliseconds(P99) },
  },
  ...['Target_2XX', 'Target_3XX', 'Target_4XX', 'ELB_4XX'].map((status) => ({
    namespace: ELB,
    metric: `HTTPCode_${status}_Count`,
    dimensions: ['LoadBalancer'],
    lines: { [`status.${status}`]: sum },
  })),
  {
    namespace: ELB,
    metric: 'HTTPCode_Target_5XX_Count',
    dimensions: ['LoadBalancer'],
    lines: { 'status.Target_5XX': sum, 'failed.target5xx': sum },
  },
  { namespace: ELB, metric: 'HTTPCode_ELB_5XX_Count', dimensions: ['LoadBalancer'], lines: { 'status.ELB_5XX': sum, 'failed.elb5xx': sum } },
  { namespace: ELB, metric: 'TargetConnectionErrorCount', dimensions: ['LoadBalancer'], lines: { 'failed.connect': sum } },
  { namespace: 'FailoverLab/ELB', metric: 'RequestCount', dimensions: ['Target'], lines: { 'share.': sum } },
  { namespace: 'AWS/EC2', metric: 'CPUCreditBalance', dimensions: ['InstanceId'], lines: { 'credits.': average } },
  { namespace: 'FailoverLab/RDS', metric: 'ReplicationExposed', dimensions: ['DBInstanceIdentifier'], lines: { 'exposed.': maximum } },
  { namespace: 'AWS/RDS', metric: 'ReplicaLag', dimensions: ['DBInstanceIdentifier'], lines: { 'lag.': maximum } },
  ...[ELB, NLB].flatMap((namespace) => [
    { namespace, metric: 'HealthyHostCount', dimensions: ['LoadBalancer', 'TargetGroup'], lines: { 'hosts.healthy': minimum } },
    { namespace, metric: 'UnHealthyHostCount', dimensions: ['LoadBalancer', 'TargetGroup'], lines: { 'hosts.unhealthy': maximum } },
  ]),
  { namespace: CLIENT, metric: 'RequestCount', dimensions: [], lines: { 'requests.client': sum } },
  { namespace: CLIENT, metric: 'ErrorCount', dimensions: [], lines: { 'failed.client': sum } },
  {
    namespace: CLIENT,
    metric: 'Latency',
    dimensions: [],
    lines: { 'latency.client.p50': milliseconds(P50), 'latency.client.p95': milliseconds(P95), 'latency.client.p99': milliseconds(P99) },
  },
  { namespace: 'AWS/EC2', metric: 'CPUUtilization', dimensions: ['InstanceId'], lines: { 'cpu.': average } },
  { namespace: 'AWS/RDS', metric: 'CPUUtilization', dimensions: ['DBInstanceIdentifier'], lines: { 'cpu.': average } },
  { namespace: 'AWS/RDS', metric: 'DatabaseConnections', dimensions: ['DBInstanceIdentifier'], lines: { 'connections.': average } },
];

// CloudWatch publishes these counts only when they are not zero: in a second with a request count, none means 0.
const ZERO_WHERE_COUNTED = {
  'requests.balancer': ['failed.elb5xx', 'failed.target5xx', 'failed.connect'],
  'requests.client': ['failed.client'],
};

/** Samples by second of a block {seconds, series}, as ticks and snapshots carry it. */
export function samplesOf(block) {
  const samples = new Map(block.seconds.map((second) => [second, {}]));
  for (const series of block.series) {
    const names = Object.keys(series.dimensions).sort();
    const rule = RULES.find(
      (candidate) =>
        candidate.namespace === series.namespace &&
        candidate.metric === series.metricName &&
        candidate.dimensions.join() === names.join(),
    );
    if (rule) readPoints(rule, series, samples);
  }
  samples.forEach(fillZeros);
  return samples;
}

function readPoints(rule, series, samples) {
  for (const [line, value] of Object.entries(rule.lines)) {
    // A line that ends in a dot is one per instance.
    const name = line.endsWith('.') ? line + series.dimensions[rule.dimensions[0]] : line;
    for (const point of series.points) {
      const number = value(point, series.unit);
      if (number !== null) samples.get(point[0])[name] = number;
    }
  }
}

function fillZeros(sample) {
  for (const [counted, lines] of Object.entries(ZERO_WHERE_COUNTED)) {
    if (counted in sample) for (const line of lines) sample[line] ??= 0;
  }
}
