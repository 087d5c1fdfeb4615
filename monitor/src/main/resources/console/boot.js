// Loads the page, and loads it anew when a file of it did not come: a browser gives up what it is loading whenever a network
// interface appears on its machine, and each network of a stack is one.

const KEY = 'attempts';
const MOST = 10;
const AGAIN_AFTER_MS = 300;

/** What is wrong for good does not become better by loading. */
function again() {
  const attempts = Number(sessionStorage.getItem(KEY) ?? 0) + 1;
  if (attempts > MOST) return;
  sessionStorage.setItem(KEY, attempts);
  setTimeout(() => location.reload(), AGAIN_AFTER_MS);
}

// Style sheets tell of their failure by an event that does not bubble.
document.addEventListener('error', again, true);
import('/console/main.js').then(() => sessionStorage.removeItem(KEY), again);
