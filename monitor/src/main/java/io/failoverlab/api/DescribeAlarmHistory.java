package io.failoverlab.api;

import io.failoverlab.alarm.HistoryItem;
import io.failoverlab.alarm.HistoryQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryResponse;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/** Lists what happened to alarms, deleted ones included; newest first, and metric alarms only, unless asked otherwise. */
final class DescribeAlarmHistory implements Action<DescribeAlarmHistoryRequest, DescribeAlarmHistoryResponse> {
    private static final int DEFAULT_PAGE = 100;

    @Override
    public DescribeAlarmHistoryResponse answer(DescribeAlarmHistoryRequest request, CloudWatchRegion region) {
        String wantedType = request.historyItemTypeAsString();
        Optional<HistoryItem.Type> type = Stream.of(HistoryItem.Type.values())
                .filter(known -> known.wireName().equals(wantedType))
                .findFirst();
        List<HistoryItem> items = wantedType != null && type.isEmpty()
                ? List.of() // a type of CloudWatch's of which nothing is written here
                : region.alarms()
                        .history(new HistoryQuery(
                                Optional.ofNullable(request.alarmName()),
                                DescribeAlarms.types(request.alarmTypesAsStrings()),
                                type,
                                request.startDate() == null ? Instant.EPOCH : request.startDate(),
                                request.endDate() == null ? Instant.ofEpochMilli(Long.MAX_VALUE) : request.endDate()));
        List<AlarmHistoryItem> found =
                new ArrayList<>(items.stream().map(DescribeAlarmHistory::item).toList());
        if (request.scanBy() == ScanBy.TIMESTAMP_ASCENDING) {
            Collections.reverse(found);
        }
        int size = Parameters.maxRecords(request.maxRecords(), DEFAULT_PAGE);
        Parameters.Page<AlarmHistoryItem> page = Parameters.page(found, request.nextToken(), size);
        return DescribeAlarmHistoryResponse.builder()
                .alarmHistoryItems(page.records())
                .nextToken(page.nextToken())
                .build();
    }

    private static AlarmHistoryItem item(HistoryItem item) {
        return AlarmHistoryItem.builder()
                .alarmName(item.alarmName())
                .alarmType(item.alarmType().wireName())
                .timestamp(item.time())
                .historyItemType(item.type().wireName())
                .historySummary(item.summary())
                .historyData(item.data())
                .build();
    }
}
