// Adds a script after the onload event. Whoever came first goes last: no page may rely on an order that is not promised.
{
  const address = document.currentScript.dataset.script;
  const waiting = window.loadOnReady;
  if (waiting) waiting.unshift(address);
  else {
    const all = [address];
    window.loadOnReady = all;
    window.addEventListener('load', () => {
      for (const src of all) document.head.append(Object.assign(document.createElement('script'), { src, async: false }));
    });
  }
}
