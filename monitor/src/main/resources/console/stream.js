// The connection to the monitor. It mends itself: the browser connects again when a stream breaks, this does when it was refused.
// A page that nobody looks at lets go of it: a browser has no more than six connections to one server, for all of its pages.

const TYPES = ['snapshot', 'tick', 'event', 'alarm', 'alarm-removed'];
const AGAIN_AFTER_MS = 1000;

/**
 * @param onMessage called with each message
 * @param onConnection called with 'connecting', 'open' or 'lost'
 */
export function connect(url, onMessage, onConnection) {
  let source = null;
  let last = '';

  function open() {
    if (source !== null || document.hidden) return;
    onConnection('connecting');
    // What this page has already is not sent again.
    source = new EventSource(last === '' ? url : `${url}?after=${last}`);
    source.addEventListener('open', () => onConnection('open'));
    source.addEventListener('error', () => {
      onConnection('lost');
      if (source?.readyState !== EventSource.CLOSED) return;
      source = null;
      setTimeout(open, AGAIN_AFTER_MS);
    });
    for (const type of TYPES) {
      source.addEventListener(type, (event) => {
        last = event.lastEventId;
        onMessage(JSON.parse(event.data));
      });
    }
  }

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      source?.close();
      source = null;
    } else {
      open();
    }
  });
  open();
}
