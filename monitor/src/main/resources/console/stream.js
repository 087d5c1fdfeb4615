// The connection to the monitor. It mends itself: the browser connects again when a stream breaks, this does when it was refused.

const TYPES = ['snapshot', 'tick', 'event', 'alarm', 'alarm-removed'];
const AGAIN_AFTER_MS = 1000;

/**
 * @param onMessage called with each message
 * @param onConnection called with 'open' or 'lost'
 */
export function connect(url, onMessage, onConnection) {
  const source = new EventSource(url);
  source.addEventListener('open', () => onConnection('open'));
  source.addEventListener('error', () => {
    onConnection('lost');
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => connect(url, onMessage, onConnection), AGAIN_AFTER_MS);
    }
  });
  for (const type of TYPES) {
    source.addEventListener(type, (event) => onMessage(JSON.parse(event.data)));
  }
}
