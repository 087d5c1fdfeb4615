"""Speaks to the monitor as boto3 or the AWS CLI does, and prints what it saw.

client.py boto3|aws URL NAME EPOCH: the same requests either way, of which the CLI takes each as JSON.
"""

import json
import re
import subprocess
import sys

program, url, name, epoch = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])


class Refused(Exception):
    pass


def call_boto3(operation, **parameters):
    import boto3
    import botocore.exceptions

    client = boto3.client("cloudwatch", endpoint_url=url)
    try:
        return getattr(client, re.sub("(?<!^)([A-Z])", r"_\1", operation).lower())(**parameters)
    except botocore.exceptions.ClientError as error:
        raise Refused(error.response["Error"]["Code"], error.response["Error"]["Message"])


def call_cli(operation, **parameters):
    command = ["/usr/bin/aws", "--endpoint-url", url, "--output", "json", "cloudwatch"]
    command += [re.sub("(?<!^)([A-Z])", r"-\1", operation).lower(), "--cli-input-json", json.dumps(parameters)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        found = re.search(r"An error occurred \((\w+)\) when calling the \w+ operation: (.*)", done.stderr, re.DOTALL)
        raise Refused(found.group(1), found.group(2).strip()) if found else RuntimeError(done.stderr)
    return json.loads(done.stdout) if done.stdout.strip() else {}


call = {"boto3": call_boto3, "aws": call_cli}[program]
namespace = "Client/" + name
host = [{"Name": "Host", "Value": "web-1a"}]
span = {"StartTime": epoch, "EndTime": epoch + 60}
alarm = name + ": slow"
page = name + "-page"
body = '{"widgets":[{"type":"text","properties":{"markdown":"Grüße"}}]}'


def query(statistic):
    metric = {"Namespace": namespace, "MetricName": "Latency", "Dimensions": host}
    return {"Id": statistic.lower(), "MetricStat": {"Metric": metric, "Period": 60, "Stat": statistic}}


def refusal(operation, **parameters):
    try:
        call(operation, **parameters)
        return "not refused"
    except Refused as refused:
        return list(refused.args)


latency = {"MetricName": "Latency", "Dimensions": host, "Unit": "Seconds"}
call("PutMetricData", Namespace=namespace, MetricData=[
    {**latency, "Timestamp": epoch, "Values": [1.5, 2.5], "Counts": [3, 1], "StorageResolution": 1},
    {**latency, "Timestamp": epoch + 10, "StatisticValues": {"SampleCount": 2, "Sum": 3, "Minimum": 1, "Maximum": 2}},
    {"MetricName": "Size", "Timestamp": epoch, "Value": 3, "Unit": "Bytes"}])
half = {"Id": "half", "Expression": "sum / 2"}
data = call("GetMetricData", MetricDataQueries=[query("Sum"), query("Maximum"), half], **span)
size = call("GetMetricStatistics", Namespace=namespace, MetricName="Size", Period=60, ExtendedStatistics=["p50"], **span)
metrics = call("ListMetrics", Namespace=namespace)["Metrics"]

call("PutMetricAlarm", AlarmName=alarm, Namespace=namespace, MetricName="Nothing", Statistic="Maximum", Period=60,
     EvaluationPeriods=1, Threshold=1.5, ComparisonOperator="GreaterThanThreshold", TreatMissingData="ignore")
call("SetAlarmState", AlarmName=alarm, StateValue="ALARM", StateReason="a drill")
described = call("DescribeAlarms", AlarmNames=[alarm])["MetricAlarms"][0]
history = call("DescribeAlarmHistory", AlarmName=alarm, HistoryItemType="StateUpdate")["AlarmHistoryItems"]
call("TagResource", ResourceARN=described["AlarmArn"], Tags=[{"Key": "team", "Value": "web"}])
tags = call("ListTagsForResource", ResourceARN=described["AlarmArn"])["Tags"]

call("PutDashboard", DashboardName=page, DashboardBody=body)
report = {
    "data": {result["Id"]: result["Values"] for result in data["MetricDataResults"]},
    "p50": size["Datapoints"][0]["ExtendedStatistics"]["p50"],
    "metrics": [[m["MetricName"], [[d["Name"], d["Value"]] for d in m["Dimensions"]]] for m in metrics],
    "alarm": [described["AlarmName"], described["StateValue"], described["StateReason"], described["Threshold"]],
    "history": [item["HistorySummary"] for item in history],
    "tags": [[tag["Key"], tag["Value"]] for tag in tags],
    "dashboard": call("GetDashboard", DashboardName=page)["DashboardBody"],
    "dashboards": [entry["DashboardName"] for entry in call("ListDashboards", DashboardNamePrefix=page)["DashboardEntries"]],
    "unknown": refusal("GetDashboard", DashboardName="nobody"),
    "invalid": refusal("SetAlarmState", AlarmName=alarm, StateValue="RED", StateReason="x"),
}
call("DeleteAlarms", AlarmNames=[alarm])
call("DeleteDashboards", DashboardNames=[page])
report["left"] = len(call("DescribeAlarms", AlarmNames=[alarm])["MetricAlarms"])
print(json.dumps(report))
