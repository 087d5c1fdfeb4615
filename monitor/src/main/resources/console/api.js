// Asks the monitor as any other client of CloudWatch does, in AWS JSON 1.0.

const TARGET = 'GraniteServiceVersion20100801';
const ACCOUNT = '000000000000';

/** Where the lab's own stack lives. */
export const LAB_REGION = 'ap-northeast-1';

/** @throws Error with CloudWatch's message if it refuses, or if nobody answers */
export async function call(operation, input, region = LAB_REGION) {
  const answer = await fetch('/', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.0',
      'X-Amz-Target': `${TARGET}.${operation}`,
      // The monitor reads the region of a signature, and checks none.
      Authorization: `AWS4-HMAC-SHA256 Credential=${ACCOUNT}/20260101/${region}/monitoring/aws4_request`,
    },
    body: JSON.stringify(input),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.message ?? `HTTP ${answer.status}`);
  return body;
}

/** What the lab behind the monitor offers: {lab, role, offers, activity, nodes, …}. */
export async function offers() {
  return read('/actions');
}

/** Does what was offered. @returns {done, message} */
export async function act({ action, resource }, parameters) {
  const answer = await fetch('/actions', {
    method: 'POST',
    // The header is one that no other page can send.
    headers: { 'Content-Type': 'application/json', 'X-Lab-Action': '1' },
    body: JSON.stringify({ action, resource, parameters }),
  });
  return answer.json();
}

/** Tells an event of now. @throws Error with the monitor's reason if it refuses */
export async function note(message) {
  const event = { time: new Date().toISOString(), source: 'failoverlab.lab', detailType: 'Note', detail: { message } };
  const answer = await fetch('/events', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify([event]) });
  if (!answer.ok) throw new Error((await answer.json()).error ?? `HTTP ${answer.status}`);
}

/** The seconds from one, included, to another, excluded: a message of the type past. */
export async function past(from, to) {
  return read(`/live/past?from=${from}&to=${to}`);
}

/** Finished runs, newest first. */
export async function runs() {
  return read('/runs');
}

async function read(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}`);
  return answer.json();
}

/** All elements of a list that is answered page by page. */
export async function all(operation, input, member, region) {
  const found = [];
  let NextToken;
  do {
    const page = await call(operation, NextToken ? { ...input, NextToken } : input, region);
    found.push(...page[member]);
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

/** The results of GetMetricData; one that is spread over several pages is put together. */
export async function metricData({ region, input }) {
  const whole = new Map();
  for (const part of await all('GetMetricData', input, 'MetricDataResults', region)) {
    const key = `${part.Id} ${part.Label}`;
    const known = whole.get(key);
    if (known?.StatusCode === 'PartialData') {
      known.Timestamps.push(...part.Timestamps);
      known.Values.push(...part.Values);
      known.StatusCode = part.StatusCode;
    } else {
      whole.set(known ? `${key} ${whole.size}` : key, part);
    }
  }
  return [...whole.values()];
}
