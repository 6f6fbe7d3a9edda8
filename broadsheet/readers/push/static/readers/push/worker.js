// Shows breaking news to whoever asked for it. It sees no page and no request: its scope is /push/.
self.addEventListener('push', event => {
  const news = event.data.json();
  event.waitUntil(self.registration.showNotification(news.title, {
    body: news.body, tag: news.tag, icon: news.icon, data: { url: news.url },
  }));
});

self.addEventListener('notificationclick', event => {
  event.notification.close();
  const url = new URL(event.notification.data.url, self.location.origin);
  if (url.origin === self.location.origin) event.waitUntil(self.clients.openWindow(url.href));
});

// A browser may change its address by itself: the paper must know the new one.
self.addEventListener('pushsubscriptionchange', event => {
  event.waitUntil((async () => {
    const key = event.oldSubscription?.options.applicationServerKey;
    const made = event.newSubscription || (key && await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
    if (made) await fetch('/push/devices/', { method: 'POST', body: JSON.stringify(made) });
  })());
});
