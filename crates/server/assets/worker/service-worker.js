// The desk's worker: it shows what is pushed to this browser, and leads to the ticket when it is clicked. It keeps nothing and answers no
// request.
const list = "/notifications";

// Whatever comes is shown: a browser takes the permission from a worker that stays silent.
function said(data) {
  try {
    return data?.json() ?? {};
  } catch {
    return {};
  }
}

// Only addresses of the desk itself are opened.
function inside(link) {
  try {
    const url = new URL(link ?? list, self.location.origin);
    return url.origin === self.location.origin ? url.href : new URL(list, self.location.origin).href;
  } catch {
    return new URL(list, self.location.origin).href;
  }
}

async function open(link) {
  const url = inside(link);
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((client) => client.url === url);
  return there ? there.focus() : self.clients.openWindow(url);
}

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("push", (event) => {
  const { title = "Deskhand", body = "", link, tag } = said(event.data);
  const newer = tag ? { tag, renotify: true } : {};
  event.waitUntil(self.registration.showNotification(title, { body, dir: "auto", data: { link }, ...newer }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.link));
});
