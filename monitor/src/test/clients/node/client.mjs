// Speaks to the monitor as the AWS SDK for JavaScript does, and prints what it saw: client.mjs FOLDER URL NAME EPOCH,
// where the folder is the one that the SDK is installed in.
import { createRequire } from "node:module";
import { join } from "node:path";

const [folder, endpoint, name, epoch] = process.argv.slice(2);
const { CloudWatch } = createRequire(join(folder, "client.js"))("@aws-sdk/client-cloudwatch");
const client = new CloudWatch({ endpoint });

const at = (seconds) => new Date((Number(epoch) + seconds) * 1000);
const namespace = `Client/${name}`;
const host = [{ Name: "Host", Value: "web-1a" }];
const span = { StartTime: at(0), EndTime: at(60) };
const alarm = `${name}: slow`;
const page = `${name}-page`;
const query = (statistic) => ({
  Id: statistic.toLowerCase(),
  MetricStat: {
    Metric: { Namespace: namespace, MetricName: "Latency", Dimensions: host },
    Period: 60,
    Stat: statistic,
  },
});
const refusal = (call) => call.then(() => "not refused", (error) => [error.Error.Code, error.message]);

const latency = { MetricName: "Latency", Dimensions: host, Unit: "Seconds" };
await client.putMetricData({
  Namespace: namespace,
  MetricData: [
    { ...latency, Timestamp: at(0), Values: [1.5, 2.5], Counts: [3, 1], StorageResolution: 1 },
    { ...latency, Timestamp: at(10), StatisticValues: { SampleCount: 2, Sum: 3, Minimum: 1, Maximum: 2 } },
    { MetricName: "Size", Timestamp: at(0), Value: 3, Unit: "Bytes" },
  ],
});
const half = { Id: "half", Expression: "sum / 2" };
const data = await client.getMetricData({ MetricDataQueries: [query("Sum"), query("Maximum"), half], ...span });
const size = await client.getMetricStatistics({
  Namespace: namespace, MetricName: "Size", Period: 60, ExtendedStatistics: ["p50"], ...span,
});
const metrics = await client.listMetrics({ Namespace: namespace });

await client.putMetricAlarm({
  AlarmName: alarm, Namespace: namespace, MetricName: "Nothing", Statistic: "Maximum", Period: 60,
  EvaluationPeriods: 1, Threshold: 1.5, ComparisonOperator: "GreaterThanThreshold", TreatMissingData: "ignore",
});
await client.setAlarmState({ AlarmName: alarm, StateValue: "ALARM", StateReason: "a drill" });
const described = (await client.describeAlarms({ AlarmNames: [alarm] })).MetricAlarms[0];
const history = await client.describeAlarmHistory({ AlarmName: alarm, HistoryItemType: "StateUpdate" });
await client.tagResource({ ResourceARN: described.AlarmArn, Tags: [{ Key: "team", Value: "web" }] });
const tags = await client.listTagsForResource({ ResourceARN: described.AlarmArn });

const body = '{"widgets":[{"type":"text","properties":{"markdown":"Grüße"}}]}';
await client.putDashboard({ DashboardName: page, DashboardBody: body });
const report = {
  data: Object.fromEntries(data.MetricDataResults.map((result) => [result.Id, result.Values])),
  p50: size.Datapoints[0].ExtendedStatistics.p50,
  metrics: metrics.Metrics.map((m) => [m.MetricName, m.Dimensions.map((d) => [d.Name, d.Value])]),
  alarm: [described.AlarmName, described.StateValue, described.StateReason, described.Threshold],
  history: history.AlarmHistoryItems.map((item) => item.HistorySummary),
  tags: tags.Tags.map((tag) => [tag.Key, tag.Value]),
  dashboard: (await client.getDashboard({ DashboardName: page })).DashboardBody,
  dashboards: (await client.listDashboards({ DashboardNamePrefix: page })).DashboardEntries.map((e) => e.DashboardName),
  unknown: await refusal(client.getDashboard({ DashboardName: "nobody" })),
  invalid: await refusal(client.setAlarmState({ AlarmName: alarm, StateValue: "RED", StateReason: "x" })),
};
await client.deleteAlarms({ AlarmNames: [alarm] });
await client.deleteDashboards({ DashboardNames: [page] });
report.left = (await client.describeAlarms({ AlarmNames: [alarm] })).MetricAlarms.length;
console.log(JSON.stringify(report));
