package io.failoverlab.api;

import io.failoverlab.alarm.HistoryItem;
import io.failoverlab.alarm.HistoryQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryResponse;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;

/** Lists what happened to alarms, deleted ones included; newest first, and metric alarms only, unless asked otherwise. */
final class DescribeAlarmHistory implements Action<DescribeAlarmHistoryRequest, DescribeAlarmHistoryResponse> {
    private static final int DEFAULT_PAGE = 100;

    @Override
    public DescribeAlarmHistoryResponse answer(DescribeAlarmHistoryRequest request, CloudWatchRegion region) {
        check(request);
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
        List<HistoryItem> found = Scan.isAscending(request.scanByAsString()) ? items.reversed() : items;
        String asked =
                request.toBuilder().nextToken(null).maxRecords(null).build().toString();
        Pages.Page<HistoryItem> page = new Pages(
                        "DescribeAlarmHistory", asked, Parameters.maxRecords(request.maxRecords(), DEFAULT_PAGE))
                .pageAfter(found, HistoryItem::id, request.nextToken());
        return DescribeAlarmHistoryResponse.builder()
                .alarmHistoryItems(
                        page.records().stream().map(DescribeAlarmHistory::item).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static void check(DescribeAlarmHistoryRequest request) {
        Parameters.length(request.alarmName(), "alarmName", AlarmInputs.MAX_NAME);
        if (request.alarmContributorId() != null) {
            throw ApiException.unsupported("A contributor to an alarm (AlarmContributorId)");
        }
        if (request.historyItemType() == HistoryItemType.UNKNOWN_TO_SDK_VERSION) {
            throw ApiException.notInEnum(
                    request.historyItemTypeAsString(),
                    "historyItemType",
                    HistoryItemType.knownValues().stream()
                            .map(HistoryItemType::toString)
                            .sorted()
                            .toList());
        }
        if (request.startDate() != null
                && request.endDate() != null
                && request.startDate().isAfter(request.endDate())) {
            throw ApiException.invalid("The parameter StartDate must not be after the parameter EndDate.");
        }
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
